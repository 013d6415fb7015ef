import { createLoader, type inferParserType, parseAsStringLiteral } from "nuqs/server";
import { actionsColumn, type Column, selectionColumn } from "@/components/lists/columns";
import { parseAsPage, parseAsSearch } from "@/components/lists/url-parsers";
import type { UsersFilter } from "@/lib/users/hooks";

/** How the address narrows, orders and pages a team's members; what it doesn't understand it leaves out. */
export const membersViewParsers = {
  q: parseAsSearch,
  sort: parseAsStringLiteral(["name", "-name", "role", "-role"]).withDefault("name"),
  page: parseAsPage,
};

export type MembersView = inferParserType<typeof membersViewParsers>;

export const loadMembersView = createLoader(membersViewParsers);

export const membersPageSize = 25;

/** The columns; boxes and a ⋮ where members come and go. */
export function membersColumns(canChange: boolean): readonly Column<MembersView["sort"]>[] {
  return [
    ...(canChange ? [selectionColumn] : []),
    { name: "Name", sort: "name" },
    { name: "Role", room: "word", sort: "role" },
    { name: "Last seen", room: "time" },
    ...(canChange ? [actionsColumn] : []),
  ];
}

/** Everybody, by name. */
export const wholeMembersView: MembersView = { q: "", sort: "name", page: 1 };

/** What to ask the server for. */
export function membersFilter(team: string, { q, sort, page }: MembersView) {
  return { search: q || undefined, team, sort, page, size: membersPageSize } satisfies UsersFilter;
}

/** The view as one text: two views are the same when these are. */
export function membersViewKey(view: MembersView): string {
  return JSON.stringify(view);
}

/** "by name", for the announcement of a new order. */
export const membersOrder: Record<MembersView["sort"], string> = {
  name: "by name",
  "-name": "by name, from the end",
  role: "least role first",
  "-role": "highest role first",
};
