import { route } from "@/lib/http/route";
import { createToken, listPersonalTokens } from "@/lib/tokens/contract";
import { findPersonalTokens } from "@/lib/tokens/find-tokens";
import { issueToken } from "@/lib/tokens/issue-token";

export const GET = route(listPersonalTokens, ({ principal, query }) => findPersonalTokens(principal, query));

export const POST = route(createToken, ({ principal, body }) => issueToken(principal, body));
