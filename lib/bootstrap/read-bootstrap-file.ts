import { readFile } from "node:fs/promises";
import { type BootstrapFile, bootstrapFile } from "@/lib/bootstrap/contract";
import { tokenKind } from "@/lib/tokens/format";

/** What is wrong in the file, and where: `service_accounts[0].role`. One line; it stops the start. */
export class BootstrapFault extends Error {
  override readonly name = "BootstrapFault";
}

/**
 * Reads and checks the file; secrets named by environment variables are put in place.
 * @throws BootstrapFault naming the place by its JSON path, never a secret
 */
export async function readBootstrapFile(
  file: string,
  environment: Record<string, string | undefined>,
): Promise<BootstrapFile> {
  const result = bootstrapFile.safeParse(await parseFile(file));
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new BootstrapFault(`BOOTSTRAP_FILE ${file}: ${jsonPath(issue?.path ?? [])}: ${issue?.message}`);
  }
  const content = result.data;
  content.service_accounts.forEach((account, a) => {
    account.tokens.forEach((token, t) => {
      if (token.secret === undefined) return;
      const place = `BOOTSTRAP_FILE ${file}: ${jsonPath(["service_accounts", a, "tokens", t, "secret"])}`;
      token.secret = resolveSecret(token.secret, token.scim, place, environment);
    });
  });
  return content;
}

async function parseFile(file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    throw new BootstrapFault(
      `BOOTSTRAP_FILE ${file}: can't be read (${(error as NodeJS.ErrnoException).code}).`,
    );
  }
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the file, which holds secrets.
    throw new BootstrapFault(`BOOTSTRAP_FILE ${file}: is not valid JSON.`);
  }
}

function resolveSecret(
  secret: string | { env: string },
  scim: boolean,
  place: string,
  environment: Record<string, string | undefined>,
): string {
  const text = typeof secret === "string" ? secret : environment[secret.env];
  if (!text)
    throw new BootstrapFault(
      `${place}: the environment variable ${(secret as { env: string }).env} is not set.`,
    );
  const wanted = scim ? "scim" : "svc";
  if (tokenKind(text) !== wanted)
    throw new BootstrapFault(
      `${place}: must be a token of the form lk_${wanted}_…; "npm run token:new${scim ? " -- --scim" : ""}" prints one.`,
    );
  return text;
}

function jsonPath(path: PropertyKey[]): string {
  return (
    path.reduce<string>(
      (text, key) =>
        typeof key === "number" ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key),
      "",
    ) || "the file"
  );
}
