import { expect, it } from "vitest";
import { NoTurn } from "@/db/failures";
import { Problem, type ProblemCode, problemCodes } from "@/lib/errors";
import { problemHeaders, toProblem } from "@/lib/http/problem-response";

it.each(["55P03", "40P01", "40001"])(
  "who never gets through beside others (%s) is told so, and to try again: 503",
  (code) => {
    const error = new Error("Failed query", { cause: Object.assign(new Error("locked"), { code }) });
    expect(toProblem(error, "id")).toMatchObject({ status: 503, code: "busy", retryAfter: 1 });
  },
);

it("so is who waited for a turn in vain", () => {
  expect(toProblem(new NoTurn(), "id")).toMatchObject({ status: 503, code: "busy", retryAfter: 1 });
});

const unauthorized = Object.entries(problemCodes).filter(([, { status }]) => status === 401);
it.each(unauthorized)("a 401 names the scheme that would do (RFC 9110 §15.5.2): %s", (code) => {
  expect(problemHeaders(new Problem(code as ProblemCode, "No."))["www-authenticate"]).toMatch(/^Bearer/);
});

it("what nobody expected is 500, with nothing from inside", () => {
  const problem = toProblem(new Error("select secret from tokens"), "id");
  expect(problem).toMatchObject({ status: 500, code: "internal" });
  expect(problem.message).not.toContain("secret");
});
