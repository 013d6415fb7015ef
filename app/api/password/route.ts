import { route } from "@/lib/http/route";
import { setPasswordByLink } from "@/lib/sign-in/contract";
import { setPasswordThroughLink } from "@/lib/sign-in/set-password-by-link";

export const POST = route(setPasswordByLink, ({ body, origin }) => setPasswordThroughLink(origin, body));
