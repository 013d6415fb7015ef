import { count, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { auditEvents } from "@/db/schema";
import { openTestInstance, service, system } from "@/e2e/database/instance";
import { listAuditEvents } from "@/lib/audit/contract";
import { exportEvents } from "@/lib/audit/export-events";
import { route } from "@/lib/http/route";
import { issueToken } from "@/lib/tokens/issue-token";

openTestInstance();

let authorization: string;
beforeAll(async () => {
  const { user } = await service("Admin");
  const fields = { user_id: user.id ?? 0, name: "t", expires_in_days: 1, scim: false };
  authorization = `Bearer ${(await issueToken(system(), fields)).bearer_token}`;
});

const exported = route(listAuditEvents, ({ principal }) => exportEvents(principal, {}, "csv"));

async function ask(method: "GET" | "HEAD"): Promise<Response> {
  const url = "http://latchkey.test/api/audit-events?format=csv";
  return exported(new Request(url, { method, headers: { authorization } }), { params: Promise.resolve({}) });
}

async function exportsRecorded(): Promise<number> {
  const [row] = await db()
    .select({ found: count() })
    .from(auditEvents)
    .where(eq(auditEvents.action, "audit.exported"));
  return row?.found ?? 0;
}

describe("an export", () => {
  it("is recorded when it is taken", async () => {
    const answer = await ask("GET");
    expect(await answer.text()).toContain("token.created");
    expect(await exportsRecorded()).toBe(1);
  });

  it("asked for by HEAD is told of; nothing is taken, and nothing recorded", async () => {
    const before = await exportsRecorded();
    const answer = await ask("HEAD");
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(await answer.text()).toBe("");
    expect(await exportsRecorded()).toBe(before);
  });
});
