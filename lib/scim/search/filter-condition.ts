import type { SQL } from "drizzle-orm";
import type { ResourceType } from "@/lib/scim/protocol/attributes";
import { parseFilter } from "@/lib/scim/protocol/filter";
import { compileFilter } from "@/lib/scim/search/compile-filter";
import { findsFew } from "@/lib/scim/search/finds-few";
import type { Operands } from "@/lib/scim/search/operands";

/** What a filter asks, and whether an index finds the few that meet it. */
interface FilterCondition {
  condition: SQL | undefined;
  isQuick: boolean;
}

/**
 * What a filter asks of resources of one type; nothing where there is no filter.
 * @param others types that are searched along with it
 * @throws ScimError 400 `invalidFilter`, `invalidPath`
 */
export function filterCondition(
  type: ResourceType,
  filter: string | undefined,
  operands: Operands,
  others: readonly ResourceType[] = [],
): FilterCondition {
  if (filter === undefined) return { condition: undefined, isQuick: false };
  const parsed = parseFilter(type, filter, others);
  return { condition: compileFilter(parsed, operands), isQuick: findsFew(parsed, operands) };
}
