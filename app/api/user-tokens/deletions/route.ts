import { route } from "@/lib/http/route";
import { changeTokens } from "@/lib/tokens/change-tokens";
import { deleteTokens } from "@/lib/tokens/contract";

export const POST = route(deleteTokens, ({ principal, body }) => changeTokens(principal, "delete", body.ids));
