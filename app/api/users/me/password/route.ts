import { route } from "@/lib/http/route";
import { changeOwnPassword } from "@/lib/sign-in/change-password";
import { changePassword } from "@/lib/sign-in/contract";

export const PUT = route(changePassword, async ({ principal, body, headers, setCookie }) => {
  const cookies = await changeOwnPassword(principal, body, headers.get("cookie") ?? "");
  cookies.forEach(setCookie);
});
