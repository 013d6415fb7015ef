import { readAuditHead } from "@/lib/audit/contract";
import { findHead } from "@/lib/audit/seals";
import { route } from "@/lib/http/route";

export const GET = route(readAuditHead, ({ principal }) => findHead(principal));
