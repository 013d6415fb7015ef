import { expect, it } from "vitest";
import { toProblem } from "@/lib/http/problem-response";

it.each(["55P03", "40P01", "40001"])(
  "who never gets through beside others (%s) is told so, and to try again: 503",
  (code) => {
    const error = new Error("Failed query", { cause: Object.assign(new Error("locked"), { code }) });
    expect(toProblem(error, "id")).toMatchObject({ status: 503, code: "busy", retryAfter: 1 });
  },
);

it("what nobody expected is 500, with nothing from inside", () => {
  const problem = toProblem(new Error("select secret from tokens"), "id");
  expect(problem).toMatchObject({ status: 500, code: "internal" });
  expect(problem.message).not.toContain("secret");
});
