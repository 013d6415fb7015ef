import { connect, createServer, type Socket } from "node:net";

/** A stretch of the way to a database that a test can cut. */
export interface SeverableConnection {
  /** The database's address by way of it. */
  url: string;
  /** Ends all connections and takes no new ones. */
  sever(): Promise<void>;
  mend(): Promise<void>;
}

/** Opens one in front of the database at `databaseUrl`; to the server behind it, cutting it is a database that is gone. */
export async function openSeverableConnection(databaseUrl: string): Promise<SeverableConnection> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const relay = createServer((client) => {
    const database = connect(Number(target.port), target.hostname);
    for (const socket of [client, database]) {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => {
        sockets.delete(socket);
        client.destroy();
        database.destroy();
      });
    }
    client.pipe(database).pipe(client);
  });
  const listen = (port: number) =>
    new Promise<void>((resolve) => relay.listen(port, "127.0.0.1", () => resolve()));

  await listen(0);
  const address = relay.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const url = new URL(databaseUrl);
  url.hostname = "127.0.0.1";
  url.port = String(port);
  return {
    url: url.toString(),
    sever() {
      const closed = new Promise<void>((resolve) => relay.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      return closed;
    },
    mend: () => listen(port),
  };
}
