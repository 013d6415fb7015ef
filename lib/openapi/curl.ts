import type { Method, Operation, Parameter } from "@/lib/openapi/types";

/** A value for each parameter of a path; what is missing here is a number. */
const pathExample = "123";

/**
 * A command that calls an operation, with `$TOKEN` for the token. Undefined for what only Latchkey's own pages can
 * call, by cookie.
 */
export function curlCommand(
  baseUrl: string,
  path: string,
  method: Method,
  operation: Operation,
): string | undefined {
  if (operation.tags.includes("Sign-in")) return undefined;

  const address = baseUrl + path.replace(/\{\w+\}/g, pathExample);
  const isPublic = operation.security?.length === 0;
  return [
    method === "get" ? `curl ${address}` : `curl -X ${method.toUpperCase()} ${address}`,
    ...(isPublic ? [] : [`-H "Authorization: Bearer $TOKEN"`]),
    ...(takesIdempotencyKey(operation) ? [`-H "Idempotency-Key: $(openssl rand -hex 16)"`] : []),
    ...bodyOptions(operation),
  ].join(" \\\n  ");
}

/** As JSON or as a form, whichever the operation takes. */
function bodyOptions({ requestBody }: Operation): string[] {
  const [type, media] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const example: unknown = media?.example;
  if (example === undefined) return [];
  if (type === "application/json")
    return [`-H 'Content-Type: application/json'`, `-d '${JSON.stringify(example, null, 2)}'`];
  return Object.entries(example as Record<string, string>).map(
    ([name, value]) => `--data-urlencode '${name}=${value}'`,
  );
}

function takesIdempotencyKey({ parameters }: Operation): boolean {
  return parameters.some((parameter) => "$ref" in parameter && parameter.$ref.endsWith("/IdempotencyKey"));
}

/** The parameters that are the operation's own; shared ones are explained once for all. */
export function ownParameters({ parameters }: Operation): Parameter[] {
  return parameters.filter((parameter): parameter is Parameter => !("$ref" in parameter));
}
