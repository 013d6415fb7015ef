import { listAuditEvents } from "@/lib/audit/contract";
import { exportEvents } from "@/lib/audit/export-events";
import { findEvents } from "@/lib/audit/find-events";
import { route } from "@/lib/http/route";

export const GET = route(listAuditEvents, ({ principal, query: { size, cursor, format, ...filter } }) =>
  format === "json"
    ? findEvents(principal, filter, { size, cursor })
    : exportEvents(principal, filter, format),
);
