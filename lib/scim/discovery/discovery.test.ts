import { beforeAll, expect, it } from "vitest";
import { openTestInstance } from "@/e2e/database/instance";
import { openScim, ScimClient } from "@/e2e/database/scim-client";

openTestInstance();

const userSchema = "urn:ietf:params:scim:schemas:core:2.0:User";
let scim: ScimClient;
beforeAll(async () => {
  scim = await openScim("Member");
});

it("a schema is found by its URN, in any case and also percent-encoded; anything else is 404", async () => {
  for (const id of [userSchema, userSchema.toUpperCase(), encodeURIComponent(userSchema)])
    expect((await scim.get(`/Schemas/${id}`)).body.id).toBe(userSchema);
  for (const id of ["urn:unknown", "%25zz", "%25", "%252F"])
    expect(await scim.get(`/Schemas/${id}`)).toMatchObject({ status: 404, body: { status: "404" } });
});

it("tells nobody without a token what this server can, as all but three endpoints of the API", async () => {
  const nobody = new ScimClient("");
  for (const path of ["/ServiceProviderConfig", "/ResourceTypes", "/ResourceTypes/User", "/Schemas"]) {
    expect((await scim.get(path)).status).toBe(200);
    const answer = await nobody.get(path, { authorization: "" });
    expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
  }
});
