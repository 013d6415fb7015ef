/**
 * The closed list of what can go wrong, as API clients see it (RFC 9457). `code` is the stable word, `title` its
 * short name; the `detail` of each occurrence says what to do about it.
 */
export const problemCodes = {
  malformed_json: { status: 400, title: "Malformed JSON" },
  malformed_request: { status: 400, title: "Malformed request" },
  unauthenticated: { status: 401, title: "Credentials required" },
  invalid_token: { status: 401, title: "Invalid token" },
  sign_in_failed: { status: 401, title: "Sign-in failed" },
  forbidden: { status: 403, title: "Forbidden" },
  cross_origin: { status: 403, title: "Cross-origin request refused" },
  scim_token: { status: 403, title: "SCIM token outside SCIM" },
  not_found: { status: 404, title: "Not found" },
  method_not_allowed: { status: 405, title: "Method not allowed" },
  name_taken: { status: 409, title: "Name taken" },
  already_created: { status: 409, title: "Already created" },
  already_set_up: { status: 409, title: "Already set up" },
  last_administrator: { status: 409, title: "Last administrator" },
  own_account: { status: 409, title: "Your own account" },
  cannot_sign_in: { status: 409, title: "Account without sign-in" },
  provider_managed: { status: 409, title: "Managed by the identity provider" },
  team_locked: { status: 409, title: "Team locked" },
  token_expired: { status: 409, title: "Token expired" },
  token_revoked: { status: 409, title: "Token revoked" },
  token_not_revoked: { status: 409, title: "Token not revoked" },
  already_rotated: { status: 409, title: "Already rotated" },
  account_inactive: { status: 409, title: "Account deactivated" },
  link_used_up: { status: 410, title: "Link no longer valid" },
  changed_meanwhile: { status: 412, title: "Changed meanwhile" },
  body_too_large: { status: 413, title: "Body too large" },
  unsupported_media_type: { status: 415, title: "Unsupported media type" },
  invalid_input: { status: 422, title: "Invalid input" },
  idempotency_key_reused: { status: 422, title: "Idempotency key reused" },
  too_many_attempts: { status: 429, title: "Too many attempts" },
  internal: { status: 500, title: "Unexpected fault" },
  database_unavailable: { status: 503, title: "Database unavailable" },
  busy: { status: 503, title: "Busy" },
} as const;

export type ProblemCode = keyof typeof problemCodes;

export interface FieldError {
  /** The path of the field in the request, as `teams` or `token.name`. */
  field: string;
  /** A sentence that says what is wrong and what is right. */
  message: string;
}

interface ProblemOptions {
  errors?: FieldError[];
  /** Seconds after which a repeat may succeed; sent as `Retry-After`. */
  retryAfter?: number;
  /** Further members of the problem document; never a secret. */
  extensions?: Record<string, unknown>;
}

/** An expected failure: safe to show, with the status and code that belong to it. Anything else thrown is a 500. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly code: ProblemCode;
  readonly status: number;
  readonly errors: FieldError[];
  readonly retryAfter: number | undefined;
  readonly extensions: Record<string, unknown>;

  constructor(code: ProblemCode, detail: string, options: ProblemOptions = {}) {
    super(detail);
    this.code = code;
    this.status = problemCodes[code].status;
    this.errors = options.errors ?? [];
    this.retryAfter = options.retryAfter;
    this.extensions = options.extensions ?? {};
  }
}

/** A 422 (or another code) about one field, whose message is also the detail. */
export function fieldProblem(field: string, message: string, code: ProblemCode = "invalid_input"): Problem {
  return new Problem(code, message, { errors: [{ field, message }] });
}

/** The digest of a page's error when the database didn't answer. */
export const databaseOutage = "database_unavailable";
