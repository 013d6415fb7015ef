import { expect, it, vi } from "vitest";
import { transaction } from "@/db/client";
import { openTestInstance, system, testRequest } from "@/e2e/database/instance";
import { insertAdministrator } from "@/lib/sign-in/insert-administrator";
import { signInPerson } from "@/lib/sign-in/sign-in-person";

vi.stubEnv("HOST", "::");
openTestInstance();

it("people sign in where it listens on every address, IPv6 too", async () => {
  const credentials = { email: "ada@example.com", password: "a long enough password" };
  await transaction((tx) => insertAdministrator(tx, system(), { name: "Ada", ...credentials }));
  expect((await signInPerson(testRequest, credentials)).person.name).toBe("Ada");
});
