import { expect, it } from "vitest";
import { problemOf } from "@/e2e/database/instance";
import { readForm } from "@/lib/http/body";

const form = (body: string) =>
  new Request("http://latchkey.test/", {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body,
  });

it("a form is read by its fields", async () => {
  expect(await readForm(form("token=a%20b&hint=x"))).toEqual({ token: "a b", hint: "x" });
});

it("a field of a form that comes twice is refused at its name: which one counts would be a guess", async () => {
  expect(await problemOf(readForm(form("token=good&hint=x&token=bad")))).toMatchObject({
    status: 422,
    fields: ["token"],
  });
});
