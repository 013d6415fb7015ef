import { route } from "@/lib/http/route";
import { readToken } from "@/lib/tokens/contract";
import { findToken } from "@/lib/tokens/find-tokens";

export const GET = route(readToken, ({ principal, params }) => findToken(principal, params.id));
