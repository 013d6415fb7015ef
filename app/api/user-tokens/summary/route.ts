import { route } from "@/lib/http/route";
import { summarizeTokens } from "@/lib/tokens/contract";
import { countTokens } from "@/lib/tokens/find-tokens";

export const GET = route(summarizeTokens, ({ principal, query }) => countTokens(principal, query));
