import { route } from "@/lib/http/route";
import { checkConnections } from "@/lib/status/check-connections";
import { readConnectionChecks } from "@/lib/status/contract";

export const GET = route(readConnectionChecks, ({ principal }) => checkConnections(principal));
