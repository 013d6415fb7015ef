import { route } from "@/lib/http/route";
import { listTokenUsage } from "@/lib/token-usage/contract";
import { findUsageOfTokens } from "@/lib/token-usage/find-usage";

export const GET = route(listTokenUsage, ({ principal, query }) => findUsageOfTokens(principal, query));
