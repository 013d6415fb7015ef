import { route } from "@/lib/http/route";
import { setUp } from "@/lib/sign-in/contract";
import { setUpInstance } from "@/lib/sign-in/set-up";
import { signInPerson } from "@/lib/sign-in/sign-in-person";

export const POST = route(setUp, async ({ body, origin, setCookie }) => {
  const administrator = await setUpInstance(origin, body);
  const { cookies } = await signInPerson(origin, body);
  cookies.forEach(setCookie);
  return administrator;
});
