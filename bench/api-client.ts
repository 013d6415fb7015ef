import { Agent, request } from "node:http";

export interface Answer {
  status: number;
  text: string;
}

/** Sends one request, and takes the whole answer. */
export type Send = (method: string, path: string, body?: unknown) => Promise<Answer>;

interface Client {
  port: number;
  token: string;
  /** How many at the most; they stay open. */
  connections: number;
  /** The media type of bodies. */
  mediaType?: string;
}

/** A client of the API that costs little. */
export function apiClient({ port, token, connections, mediaType = "application/json" }: Client): Send {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return (method, path, body) => {
    const content = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const headers = {
      authorization: `Bearer ${token}`,
      ...(content ? { "content-type": mediaType, "content-length": content.length } : {}),
    };
    return new Promise((resolve, reject) => {
      const sent = request({ agent, host: "127.0.0.1", port, method, path, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") }),
        );
      });
      sent.on("error", reject);
      sent.end(content);
    });
  };
}

/** The text of an answer that is as it should be. @throws with the answer, when it has another status */
export function expectStatus(wanted: number, { status, text }: Answer): string {
  if (status !== wanted) throw new Error(`Answered ${status} instead of ${wanted}: ${text}`);
  return text;
}
