import type { Principal } from "@/lib/access/principal";
import type { Problem } from "@/lib/errors";
import { toProblem } from "@/lib/http/problem-response";
import { changeToken } from "@/lib/tokens/change-token";
import type { RowResults } from "@/lib/tokens/contract";
import { deleteToken } from "@/lib/tokens/delete-token";

const acts = {
  revoke: (principal: Principal, id: number) => changeToken(principal, id, { revoke: true }),
  delete: deleteToken,
};

/**
 * Revokes or deletes many tokens, one after the other, each in a transaction of its own with its audit entry: whatever
 * ends the request in the middle, each token is wholly done or untouched. What one is refused with is in its result.
 */
export async function changeTokens(
  principal: Principal,
  act: keyof typeof acts,
  ids: readonly number[],
): Promise<RowResults> {
  const items: RowResults["items"] = [];
  let outage: Problem | undefined;
  for (const id of new Set(ids)) {
    const problem = outage ?? (await attempt(() => acts[act](principal, id), principal.request.id));
    // Each of the rest would wait for the same time-out.
    if (problem?.code === "database_unavailable") outage = problem;
    items.push({ id, done: !problem, problem: problem ? shown(problem) : null });
  }
  return { items };
}

async function attempt(work: () => Promise<unknown>, requestId: string): Promise<Problem | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return toProblem(error, requestId);
  }
}

function shown({ status, code, message }: Problem) {
  return { status, code, detail: message };
}
