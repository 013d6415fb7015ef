import type { Role, UserType } from "@/db/enums";
import type { IdempotencyClaim } from "@/lib/idempotency/claim";

/** Where a request came from, as logs and audit tell it. */
export interface RequestOrigin {
  id: string;
  ip: string | null;
  userAgent: string | null;
  /** Where people reach this instance, without a trailing slash; links in answers begin with it. */
  baseUrl: string;
  /** Aborts when the client has gone; absent where there is none. */
  gone?: AbortSignal;
  /** Present on creating requests that carried an `Idempotency-Key`. */
  idempotency?: IdempotencyClaim;
}

/** Who something is recorded under; `user` is null before anybody has proved who they are. */
export interface Actor {
  user: { id: number | null; userId: string; name: string } | null;
  token?: { id: number; name: string };
  request: RequestOrigin;
}

/** Who a request acts as, once authenticated: a person by session, or a user by token. */
export interface Principal extends Actor {
  user: {
    /** Null for Latchkey itself (set-up, bootstrap file, commands). */
    id: number | null;
    userId: string;
    name: string;
    userType: UserType;
    role: Role;
  };
  token?: { id: number; name: string; scim: boolean; expiresAt: Date | null };
  session?: { id: number; token: string };
}

/** Latchkey acting by itself, as an Admin; `part` says which part of it. */
export function systemPrincipal(part: "setup" | "bootstrap" | "command", request: RequestOrigin): Principal {
  return {
    user: { id: null, userId: `latchkey:${part}`, name: "Latchkey", userType: "Service", role: "Admin" },
    request,
  };
}
