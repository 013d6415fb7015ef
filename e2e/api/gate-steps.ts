import { expect } from "@/e2e/fixtures";
import { type ServerProcess, writeBootstrapFile } from "@/e2e/server-process";

/** Of servers that are started beside no test server. */
export const secret = "the secret of the gate's tests, 32 bytes and more";

/** A bootstrap file with an administrator of this token. */
export async function bootstrapWith(token: string) {
  return writeBootstrapFile({
    service_accounts: [
      { name: "Robot", role: "Admin", tokens: [{ name: "t", expires_in_days: null, secret: token }] },
    ],
  });
}

/** The status of the answer; 0 where there is none. */
export const verify = (port: number, token: string): Promise<number> =>
  fetch(`http://127.0.0.1:${port}/verify`, { headers: { authorization: `Bearer ${token}` } }).then(
    ({ status }) => status,
    () => 0,
  );

/** Settles when the gate hears of changes, and so keeps what it learns. */
export async function hearing(port: number): Promise<void> {
  const proven = () =>
    fetch(`http://127.0.0.1:${port}/metrics`)
      .then((answer) => answer.text())
      .then((text) => text.includes("latchkey_gate_feed_proven 1"));
  await expect.poll(proven).toBe(true);
}

/** Calls the API. @throws for what is refused, but for a question */
export async function api(
  server: ServerProcess,
  token: string,
  method: string,
  where: string,
  data?: unknown,
) {
  const answer = await fetch(`${server.baseURL}${where}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(data === undefined ? {} : { body: JSON.stringify(data) }),
  });
  const body = await answer.json();
  if (answer.status >= 400 && method !== "GET") throw new Error(JSON.stringify(body));
  return body;
}

/** A new account with a token. */
export async function issue(server: ServerProcess, admin: string) {
  const name = `Account ${Math.random().toString(36).slice(2)}`;
  const account = await api(server, admin, "POST", "/api/users", {
    name,
    role: "Member",
    token: { name: "t", expires_in_days: 1 },
  });
  return { id: account.token.id as number, secret: account.token.bearer_token as string };
}
