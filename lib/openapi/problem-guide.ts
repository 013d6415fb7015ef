import { type ProblemCode, problemCodes } from "@/lib/errors";

/** What each code means to the one who gets it, and what to do. */
const guide: Record<ProblemCode, string> = {
  malformed_json: "The body isn't JSON. Look at quotes and commas, and at what your shell makes of them.",
  malformed_request: "A header or the request as a whole isn't well-formed; `detail` says which part.",
  unauthenticated: "No credentials came with the request. Send `Authorization: Bearer` and a token.",
  invalid_token:
    "The token isn't good: malformed, unknown, expired or revoked. `detail` and `WWW-Authenticate` say which. Don't retry with the same token.",
  sign_in_failed: "E-mail or password is incorrect. Every failure reads the same.",
  forbidden:
    "The credentials are good, but the role behind them is too little; `detail` names the role it takes.",
  cross_origin: "A request by cookie came from another site's page. API clients use a token instead.",
  scim_token: "A SCIM administration token works below `/api/scim/v2` only. Use an ordinary token here.",
  not_found: "Nothing is at this address, or it isn't yours to see.",
  method_not_allowed: "The address exists, but not with this method; `Allow` lists those it takes.",
  name_taken: "The name, or the id made from it, belongs to something else; `errors` says which field.",
  already_created:
    "This Idempotency-Key has created something whose answer can't be had again; `created` names it. Use what exists, or a new key.",
  already_set_up: "There is an administrator already. Sign in.",
  last_administrator:
    "This is the last active administrator who can sign in. Give somebody else the Admin role first.",
  own_account: "Nobody does this to their own account. Ask another administrator.",
  cannot_sign_in: "Only people sign in; a service account uses tokens.",
  provider_managed:
    "An identity provider manages this over SCIM, and would change it back. Change it there; `managed_by` of the account or team says which fields.",
  team_locked: "`Public` always exists and holds everybody: it can't be renamed, left or deleted.",
  token_expired: "The token has expired meanwhile. Create a new one.",
  token_revoked: "The token is revoked. Restore it first, or create a new one.",
  token_not_revoked: "Only a revoked token can be deleted. Revoke it first.",
  already_rotated: "The token has a successor already. Rotate that one.",
  account_inactive: "The account is deactivated. Reactivate it first.",
  link_used_up: "The one-time link or code was used, replaced or is too old. Ask for a new one.",
  changed_meanwhile:
    "What you change isn't what you have seen: somebody was first. Read it again, and send the version that you get.",
  body_too_large: "The body is longer than 1 MiB.",
  unsupported_media_type:
    "Send the body as `application/json`, or as the form where the operation takes one.",
  invalid_input: "Fields have wrong values; `errors` has one entry for each, with what is right.",
  idempotency_key_reused:
    "This Idempotency-Key came before with another body. A new request takes a new key.",
  too_many_attempts: "Too many tries in a short time. Wait for as many seconds as `Retry-After` says.",
  internal: "A fault inside Latchkey. Its log has the details under `request_id`.",
  database_unavailable:
    "The database doesn't answer. Nothing was changed; try again after `Retry-After`, with the same Idempotency-Key.",
  busy: "Others change the same things just now, or too many search. Nothing was changed; try again after `Retry-After`, with the same Idempotency-Key.",
};

export interface ProblemEntry {
  code: ProblemCode;
  status: number;
  title: string;
  meaning: string;
}

/** Every problem the API answers with, ordered by status. */
export const problemEntries: readonly ProblemEntry[] = (Object.keys(problemCodes) as ProblemCode[]).map(
  (code) => ({ code, ...problemCodes[code], meaning: guide[code] }),
);
