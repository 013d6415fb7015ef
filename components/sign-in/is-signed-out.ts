import { RequestRefused } from "@/lib/http/client";

/** Whether the server said that there is no session (any more). */
export function isSignedOut(error: Error): boolean {
  return error instanceof RequestRefused && error.status === 401;
}
