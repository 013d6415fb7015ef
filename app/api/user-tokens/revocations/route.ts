import { route } from "@/lib/http/route";
import { changeTokens } from "@/lib/tokens/change-tokens";
import { revokeTokens } from "@/lib/tokens/contract";

export const POST = route(revokeTokens, ({ principal, body }) => changeTokens(principal, "revoke", body.ids));
