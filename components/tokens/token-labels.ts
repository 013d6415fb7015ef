import type { Token } from "@/lib/tokens/contract";

/**
 * How each row's controls call its token: by its name, with the owner where the page shows another of that name. So
 * every button on the page has a name of its own.
 */
export function tokenLabels(rows: readonly Token[]): (token: Token) => string {
  const count = new Map<string, number>();
  for (const { name } of rows) count.set(name, (count.get(name) ?? 0) + 1);
  return ({ name, user }) => ((count.get(name) ?? 0) > 1 ? `${name} of ${user.user_id}` : name);
}
