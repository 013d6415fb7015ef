import { route } from "@/lib/http/route";
import { createPasswordLink } from "@/lib/sign-in/create-password-link";
import { createPasswordLink as createPasswordLinkEndpoint } from "@/lib/users/contract";

export const POST = route(createPasswordLinkEndpoint, ({ principal, params }) =>
  createPasswordLink(principal, { id: params.id }),
);
