import { route } from "@/lib/http/route";
import { clearedSessionCookie } from "@/lib/sign-in/auth";
import { signIn, signOut } from "@/lib/sign-in/contract";
import { endSession } from "@/lib/sign-in/end-sessions";
import { signInPerson } from "@/lib/sign-in/sign-in-person";

export const POST = route(signIn, async ({ body, origin, setCookie }) => {
  const { person, cookies } = await signInPerson(origin, body);
  cookies.forEach(setCookie);
  return person;
});

export const DELETE = route(signOut, async ({ principal, setCookie }) => {
  await endSession(principal);
  setCookie(clearedSessionCookie);
});
