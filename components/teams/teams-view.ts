import { createLoader, type inferParserType, parseAsStringLiteral } from "nuqs/server";
import { actionsColumn, type Column } from "@/components/lists/columns";
import { parseAsPage, parseAsSearch } from "@/components/lists/url-parsers";
import type { TeamsFilter } from "@/lib/teams/hooks";

const sorts = ["name", "-name", "created_at", "-created_at"] as const;

/** How the address narrows, orders and pages the teams; what it doesn't understand it leaves out. */
export const teamsViewParsers = {
  q: parseAsSearch,
  sort: parseAsStringLiteral(sorts).withDefault("name"),
  page: parseAsPage,
};

export type TeamsView = inferParserType<typeof teamsViewParsers>;

export const loadTeamsView = createLoader(teamsViewParsers);

/** The address of one team. */
export const teamAddress = (id: number | string) => `/settings/security/teams/${id}`;

export const teamsPageSize = 25;

/** The columns; a ⋮ for who may change something. */
export function teamsColumns(canManage: boolean): readonly Column<TeamsView["sort"]>[] {
  return [
    { name: "Name", sort: "name" },
    { name: "Members", room: "word" },
    { name: "Source", room: "source" },
    { name: "Created", room: "time", sort: "-created_at" },
    ...(canManage ? [actionsColumn] : []),
  ];
}

/** Everything, by name. */
export const wholeTeamsView: TeamsView = { q: "", sort: "name", page: 1 };

/** What to ask the server for. */
export function teamsFilter({ q, sort, page }: TeamsView) {
  return { search: q || undefined, sort, page, size: teamsPageSize } satisfies TeamsFilter;
}

/** The view as one text: two views are the same when these are. */
export function teamsViewKey(view: TeamsView): string {
  return JSON.stringify(teamsFilter(view));
}

/** "newest first", for the announcement of a new order. */
export const teamsOrder: Record<TeamsView["sort"], string> = {
  name: "by name",
  "-name": "by name, from the end",
  created_at: "oldest first",
  "-created_at": "newest first",
};
