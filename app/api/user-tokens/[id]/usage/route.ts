import { route } from "@/lib/http/route";
import { readTokenUsage } from "@/lib/token-usage/contract";
import { findTokenUsage } from "@/lib/token-usage/find-usage";

export const GET = route(readTokenUsage, ({ principal, params, query }) =>
  findTokenUsage(principal, params.id, query),
);
