import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { Client } from "pg";
import { expect, it } from "vitest";
import { whenReachable } from "@/server/when-reachable";

/** A port on which nothing listens any more. */
async function deadPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

it("does what failed for want of the database once more, and says once that it waits", async () => {
  const port = await deadPort();
  const said: string[] = [];
  let attempts = 0;
  const work = async () => {
    attempts++;
    if (attempts < 3) await new Client({ host: "127.0.0.1", port }).connect();
    return "done";
  };
  expect(await whenReachable(work, (line) => said.push(line))).toBe("done");
  expect(attempts).toBe(3);
  expect(said).toEqual(["Waiting for the database …"]);
});

it("any other fault ends the start at once", async () => {
  let attempts = 0;
  const work = async () => {
    attempts++;
    throw new Error("a fault of ours");
  };
  await expect(whenReachable(work, () => {})).rejects.toThrow("a fault of ours");
  expect(attempts).toBe(1);
});
