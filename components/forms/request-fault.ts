import { NoAnswer, RequestRefused } from "@/lib/http/client";

/** What the server said, or that it said nothing. */
export type RequestFault = RequestRefused | NoAnswer;

/** @throws the error itself when it is of another kind, and nothing to show to anybody */
export function requestFault(error: unknown): RequestFault {
  if (error instanceof RequestRefused || error instanceof NoAnswer) return error;
  throw error;
}
