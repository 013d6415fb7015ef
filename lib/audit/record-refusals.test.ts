import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, it } from "vitest";
import { db, transaction } from "@/db/client";
import { auditEvents, tokens } from "@/db/schema";
import { openTestInstance, service, system } from "@/e2e/database/instance";
import { recordRefusals } from "@/lib/audit/record-refusals";
import { setClock } from "@/lib/clock";
import { issueToken } from "@/lib/tokens/issue-token";
import { writeUses } from "@/lib/tokens/write-uses";

openTestInstance();

let clock: string;
let restore: () => void;
beforeEach(() => {
  restore = setClock(() => new Date(clock));
});
afterEach(() => restore());

let made = 0;
async function newToken(): Promise<number> {
  clock = "2031-05-01T08:00:00Z";
  const { user } = await service("Member");
  const token = await issueToken(system(), {
    name: `forgotten ${++made}`,
    user_id: user.id ?? 0,
    expires_in_days: 30,
    scim: false,
  });
  return token.id;
}

const refusedAt = (tokenId: number, at: string, count: number, ip = "10.0.0.5") =>
  writeUses([{ tokenId, outcome: "revoked", ip, userAgent: "curl/8.5.0", count, at: new Date(at) }]);
const entriesOf = (tokenId: number) =>
  db().select().from(auditEvents).where(eq(auditEvents.targetId, tokenId)).orderBy(auditEvents.id);
const refusalsOf = async (tokenId: number) =>
  (await entriesOf(tokenId)).filter(({ action }) => action === "token.refused");

it("records an hour's refusals of a token as one entry, with their number and clients", async () => {
  const id = await newToken();
  await refusedAt(id, "2031-05-01T10:05:00Z", 400);
  await refusedAt(id, "2031-05-01T10:50:00Z", 20, "2001:db8::7");
  await writeUses([
    {
      tokenId: id,
      outcome: "accepted",
      ip: "10.0.0.5",
      userAgent: "curl/8",
      count: 9,
      at: new Date("2031-05-01T10:01:00Z"),
    },
  ]);
  clock = "2031-05-01T11:06:00Z";
  await transaction(recordRefusals);
  expect(await refusalsOf(id)).toEqual([
    expect.objectContaining({
      actorId: null,
      tokenId: id,
      targetType: "token",
      targetName: expect.stringMatching(/^forgotten/),
      ip: "2001:db8::7",
      requestId: null,
      after: {
        refused: 420,
        hour: "2031-05-01T10:00:00.000Z",
        clients: ["2001:db8::7 curl/8 revoked", "10.0.0.5 curl/8 revoked"],
      },
    }),
  ]);
});

it("waits for the end of the hour, and records it once, whoever comes and how often", async () => {
  const id = await newToken();
  await refusedAt(id, "2031-05-02T10:05:00Z", 3);
  clock = "2031-05-02T10:59:00Z";
  await transaction(recordRefusals);
  expect(await refusalsOf(id)).toHaveLength(0);
  clock = "2031-05-02T11:06:00Z";
  await Promise.all([transaction(recordRefusals), transaction(recordRefusals), transaction(recordRefusals)]);
  await transaction(recordRefusals);
  expect(await refusalsOf(id)).toHaveLength(1);
});

it("catches up with hours that nobody was there for, each by itself", async () => {
  const id = await newToken();
  const other = await newToken();
  await refusedAt(id, "2031-05-03T10:05:00Z", 3);
  await refusedAt(id, "2031-05-03T12:05:00Z", 4);
  await refusedAt(other, "2031-05-03T12:05:00Z", 5);
  clock = "2031-05-03T16:00:00Z";
  await transaction(recordRefusals);
  expect((await refusalsOf(id)).map(({ after }) => after)).toMatchObject([{ refused: 3 }, { refused: 4 }]);
  expect((await refusalsOf(other)).map(({ after }) => after)).toMatchObject([{ refused: 5 }]);
});

it("has nothing to say of tokens that are gone", async () => {
  const id = await newToken();
  await refusedAt(id, "2031-05-04T10:05:00Z", 3);
  await db().delete(tokens).where(eq(tokens.id, id));
  clock = "2031-05-04T12:00:00Z";
  await transaction(recordRefusals);
  expect(await refusalsOf(id)).toHaveLength(0);
});
