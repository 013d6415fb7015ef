import { and, eq } from "drizzle-orm";
import { db } from "@/db/client";
import { auditEvents, users } from "@/db/schema";
import type { ScimAnswer, ScimClient } from "@/e2e/database/scim-client";

export const userSchema = "urn:ietf:params:scim:schemas:core:2.0:User";
export const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

let made = 0;

/** A name that nothing else in the test file has. */
export const unique = (name = "user") => `${name}-${++made}`;

/** The answer to a new person with these fields, of a unique `userName` unless told. */
export const createUser = (client: ScimClient, fields: Record<string, unknown> = {}): Promise<ScimAnswer> =>
  client.post("/Users", { schemas: [userSchema], userName: unique(), ...fields });

export const rowOf = async (id: string) =>
  (
    await db()
      .select()
      .from(users)
      .where(eq(users.id, Number(id)))
  )[0];

export const auditOf = (id: string) =>
  db()
    .select()
    .from(auditEvents)
    .where(and(eq(auditEvents.targetType, "user"), eq(auditEvents.targetId, Number(id))))
    .orderBy(auditEvents.id);
