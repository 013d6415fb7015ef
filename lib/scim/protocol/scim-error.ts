/** What RFC 7644 §3.12 calls the kinds of a 400, and `uniqueness` for a 409. */
export type ScimType =
  | "invalidFilter"
  | "tooMany"
  | "uniqueness"
  | "mutability"
  | "invalidSyntax"
  | "invalidPath"
  | "noTarget"
  | "invalidValue"
  | "invalidVers"
  | "sensitive";

/** A refusal in SCIM's form; its message is a sentence that a person can act on. */
export class ScimError extends Error {
  override readonly name = "ScimError";

  constructor(
    readonly status: number,
    detail: string,
    readonly scimType?: ScimType,
  ) {
    super(detail);
  }
}

export const errorSchema = "urn:ietf:params:scim:api:messages:2.0:Error";

/** The message of an error: its status is text (RFC 7644 §3.12). */
export function errorMessage({ status, scimType, message }: ScimError): Record<string, unknown> {
  return {
    schemas: [errorSchema],
    status: String(status),
    ...(scimType ? { scimType } : {}),
    detail: message,
  };
}

/** A piece of somebody's input, short enough to be quoted back to them. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
