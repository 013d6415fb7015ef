import { route } from "@/lib/http/route";
import { createToken, listTokens } from "@/lib/tokens/contract";
import { findTokens } from "@/lib/tokens/find-tokens";
import { issueToken } from "@/lib/tokens/issue-token";

export const GET = route(listTokens, ({ principal, query }) => findTokens(principal, query));

export const POST = route(createToken, ({ principal, body }) => issueToken(principal, body));
