import { transaction } from "@/db/client";
import { requirePermission } from "@/lib/access/permissions";
import type { Principal } from "@/lib/access/principal";
import { canonicalJson } from "@/lib/audit/canonical";
import type { AuditFilter, ExportFormat } from "@/lib/audit/contract";
import { csvHeader, csvLine } from "@/lib/audit/csv";
import type { Cursor } from "@/lib/audit/cursor";
import { record } from "@/lib/audit/record";
import { type AuditRow, presentEvent, selectEvents } from "@/lib/audit/rows";
import { now } from "@/lib/clock";
import { StreamedAnswer } from "@/lib/http/streamed-answer";
import { log } from "@/lib/log";

const batchSize = 1_000;

const formats = {
  csv: { mediaType: "text/csv; charset=utf-8", header: csvHeader, line: csvLine },
  ndjson: {
    mediaType: "application/x-ndjson",
    header: "",
    line: (event: Parameters<typeof csvLine>[0]) => `${canonicalJson(event)}\n`,
  },
};

/**
 * Everything that the filter finds, newest first, as a file that is made while it is read (Admin). That somebody took
 * it is recorded first; by HEAD nobody takes anything.
 */
export async function exportEvents(
  principal: Principal,
  filter: AuditFilter,
  format: ExportFormat,
): Promise<StreamedAnswer> {
  requirePermission(principal, "audit:read");

  const moment = now().toISOString().slice(0, 19).replaceAll(":", "");
  return new StreamedAnswer(formats[format].mediaType, `latchkey-audit-${moment}Z.${format}`, async () => {
    await transaction((tx) => record(tx, principal, "audit.exported", { after: { format, filter } }));
    return lines(filter, format, await selectEvents(filter, undefined, batchSize));
  });
}

/**
 * By batches, each from where the last one ended. As entries are never changed nor removed, this gives what one
 * snapshot would, without a transaction that stays open for as long as somebody's line is slow: that would hold a
 * connection, and keep the whole database from cleaning up behind it.
 */
async function* lines(filter: AuditFilter, format: ExportFormat, first: AuditRow[]): AsyncGenerator<string> {
  const { header, line } = formats[format];
  let entries = 0;
  let complete = false;
  try {
    yield header;
    for (let batch = first; ; batch = await selectEvents(filter, olderThan(batch), batchSize)) {
      yield batch.map((row) => line(presentEvent(row))).join("");
      entries += batch.length;
      if (batch.length < batchSize) break;
    }
    complete = true;
  } finally {
    log().info({ entries, complete }, "audit export ended");
  }
}

function olderThan(batch: AuditRow[]): Cursor | undefined {
  const last = batch.at(-1);
  return last && { towards: "older", at: last.at, id: last.id };
}
