import { route } from "@/lib/http/route";
import { listServiceTokens } from "@/lib/tokens/contract";
import { findServiceTokens } from "@/lib/tokens/find-tokens";

export const GET = route(listServiceTokens, ({ principal, query }) => findServiceTokens(principal, query));
