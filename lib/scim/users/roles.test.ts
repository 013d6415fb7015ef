import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { users } from "@/db/schema";
import { openTestInstance } from "@/e2e/database/instance";
import { openScim, type ScimClient } from "@/e2e/database/scim-client";
import { createUser, rowOf, unique } from "@/e2e/database/scim-users";

openTestInstance();

let scim: ScimClient;
beforeAll(async () => {
  scim = await openScim();
});

const create = (fields: Record<string, unknown> = {}, client = scim) => createUser(client, fields);
const created = async (fields: Record<string, unknown> = {}) => (await create(fields)).body;

describe("roles (T10)", () => {
  it("a person is a Member unless roles names one of Latchkey's, in any case; others are kept", async () => {
    const plain = await created({ roles: [{ value: "Chief of Staff" }] });
    expect(plain.roles).toEqual([{ value: "Chief of Staff" }]);
    expect(await rowOf(plain.id)).toMatchObject({ role: "Member" });
    const manager = await created({ roles: [{ value: "x" }, { value: "mAnAgEr", type: "app" }, "editor"] });
    expect(await rowOf(manager.id)).toMatchObject({ role: "Manager" });
  });

  it("nobody gets a role above that of the account that holds the token", async () => {
    const editor = await openScim("Editor");
    expect((await create({ roles: [{ value: "Editor" }] }, editor)).status).toBe(201);
    const refused = await create({ roles: [{ value: "Manager" }] }, editor);
    expect(refused).toMatchObject({
      status: 403,
      body: { detail: expect.stringContaining("can't give Manager") },
    });

    const { id } = await created();
    for (const attempt of [
      editor.change(`/Users/${id}`, { op: "add", path: "roles", value: [{ value: "Admin" }] }),
      editor.put(`/Users/${id}`, { userName: unique(), roles: [{ value: "Admin" }] }),
    ])
      expect((await attempt).status).toBe(403);
    expect(await rowOf(id)).toMatchObject({ role: "Member", userId: expect.stringMatching(/^user-/) });
  });

  it("nor is somebody above it given back what they had", async () => {
    const { id } = await created({ roles: [{ value: "Admin" }] });
    const editor = await openScim("Editor");
    const set = (active: boolean) =>
      editor.change(`/Users/${id}`, { op: "replace", path: "active", value: active });
    expect((await set(false)).status).toBe(200);
    expect((await set(true)).status).toBe(403);
    expect(await rowOf(id)).toMatchObject({ active: false, role: "Admin" });
  });

  it.each(["Member", "Manager"] as const)(
    "of an Admin who isn't the last, a token of a %s may take, and gives nothing back that is above it",
    async (role) => {
      const provider = await openScim(role);
      const admin = async (fields: Record<string, unknown> = {}) =>
        (await created({ roles: [{ value: "Admin" }], ...fields })).id as string;
      const replace = (id: string, value: unknown) =>
        provider.change(`/Users/${id}`, { op: "replace", value });
      const put = (id: string, fields: object) =>
        provider.put(`/Users/${id}`, { userName: unique(), ...fields });
      const bulk = (method: string, path: string, data?: object) =>
        provider
          .post("/Bulk", { Operations: [{ method, path, ...(data && { data }) }] })
          .then(({ body }) => ({ status: Number(body.Operations[0].status) }));
      const reactivation = { Operations: [{ op: "replace", value: { active: true } }] };
      const inactive = await admin({ active: false });

      const attempts: [string, number, () => Promise<{ status: number }>][] = [
        ["deactivate", 200, async () => replace(await admin(), { active: false })],
        ["deactivate by PUT", 200, async () => put(await admin(), { active: false })],
        ["delete", 204, async () => provider.delete(`/Users/${await admin()}`)],
        ["delete in bulk", 204, async () => bulk("DELETE", `/Users/${await admin()}`)],
        ["change something else", 200, async () => replace(await admin(), { title: "Boss" })],
        ["demote as far as its own", 200, async () => replace(await admin(), { roles: [role] })],
        ["demote by leaving roles out", 200, async () => put(await admin(), {})],
        [
          "reactivate demoted",
          200,
          async () => replace(await admin({ active: false }), { active: true, roles: [role] }),
        ],
        ["reactivate", 403, () => replace(inactive, { active: true })],
        ["reactivate by PUT", 403, () => put(inactive, { active: true, roles: ["Admin"] })],
        ["reactivate in bulk", 403, () => bulk("PATCH", `/Users/${inactive}`, reactivation)],
        ["create one", 403, () => create({ roles: ["Admin"] }, provider)],
        ["create one for later", 403, () => create({ roles: ["Admin"], active: false }, provider)],
        [
          "promote the inactive",
          403,
          async () => replace((await created({ active: false })).id, { roles: ["Admin"] }),
        ],
      ];
      for (const [what, status, attempt] of attempts)
        expect({ what, status: (await attempt()).status }).toEqual({ what, status });
      expect(await rowOf(inactive)).toMatchObject({ active: false, role: "Admin" });
    },
  );

  it("a role that roles gave goes with it; one given here stays", async () => {
    const { id } = await created({ roles: [{ value: "Editor" }] });
    await scim.change(`/Users/${id}`, { op: "remove", path: "roles" });
    expect(await rowOf(id)).toMatchObject({ role: "Member" });
    await db()
      .update(users)
      .set({ role: "Manager" })
      .where(eq(users.id, Number(id)));
    await scim.change(`/Users/${id}`, { op: "add", path: "title", value: "Boss" });
    expect(await rowOf(id)).toMatchObject({ role: "Manager" });
  });
});
