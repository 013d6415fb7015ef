import { route } from "@/lib/http/route";
import { clearedSessionCookie } from "@/lib/sign-in/auth";
import { signOutEverywhere } from "@/lib/sign-in/contract";
import { endAllSessions } from "@/lib/sign-in/end-sessions";

export const DELETE = route(signOutEverywhere, async ({ principal, setCookie }) => {
  await endAllSessions(principal);
  setCookie(clearedSessionCookie);
});
