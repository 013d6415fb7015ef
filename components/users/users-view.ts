import { createLoader, createSerializer, type inferParserType, parseAsStringLiteral } from "nuqs/server";
import { actionsColumn, type Column } from "@/components/lists/columns";
import { parseAsPage, parseAsSearch } from "@/components/lists/url-parsers";
import { roles, userTypes } from "@/db/enums";
import { userSorts } from "@/lib/users/contract";
import type { UsersFilter } from "@/lib/users/hooks";

/** How the address narrows, orders and pages the users; what it doesn't understand it leaves out. */
export const usersViewParsers = {
  q: parseAsSearch,
  type: parseAsStringLiteral(userTypes),
  status: parseAsStringLiteral(["active", "inactive"]),
  role: parseAsStringLiteral(roles),
  team: parseAsSearch,
  sort: parseAsStringLiteral(userSorts).withDefault("-created_at"),
  page: parseAsPage,
};

export type UsersView = inferParserType<typeof usersViewParsers>;

export const loadUsersView = createLoader(usersViewParsers);

/** The address of the users in a view: `usersAddress({ team: "Public" })`. */
export const usersAddress = (view: Partial<UsersView>) => serialize("/settings/security/users", view);
const serialize = createSerializer(usersViewParsers);

/** The address of one account. */
export const userAddress = (id: number | string) => `/settings/security/users/${id}`;

export const usersPageSize = 25;

/** The columns; a ⋮ for who may change something. Times begin with the latest, all else from its beginning. */
export function usersColumns(canManage: boolean): readonly Column<UsersView["sort"]>[] {
  return [
    { name: "Name", sort: "name" },
    { name: "Role", room: "word", sort: "role" },
    { name: "Teams", room: "names" },
    { name: "Tokens", room: "tokens" },
    { name: "Last seen", room: "time", sort: "-last_seen_at" },
    { name: "Created", room: "time", sort: "-created_at" },
    ...(canManage ? [actionsColumn] : []),
  ];
}

/** Everything, newest first. */
export const wholeUsersView: UsersView = {
  q: "",
  type: null,
  status: null,
  role: null,
  team: "",
  sort: "-created_at",
  page: 1,
};

/** What to ask the server for. */
export function usersFilter({ q, type, status, role, team, sort, page }: UsersView) {
  return {
    search: q || undefined,
    user_type: type ?? undefined,
    status: status ?? undefined,
    role: role ?? undefined,
    team: team || undefined,
    sort,
    page,
    size: usersPageSize,
  } satisfies UsersFilter;
}

/** The view as one text: two views are the same when these are. */
export function usersViewKey(view: UsersView): string {
  return JSON.stringify(usersFilter(view));
}

/** Whether nothing narrows the list. */
export function isWhole({ q, type, status, role, team }: UsersView): boolean {
  return q === "" && type === null && status === null && role === null && team === "";
}

/** "newest first", for the announcement of a new order. */
export const usersOrder: Record<UsersView["sort"], string> = {
  name: "by name",
  "-name": "by name, from the end",
  created_at: "oldest first",
  "-created_at": "newest first",
  role: "least role first",
  "-role": "highest role first",
  last_seen_at: "longest unseen first",
  "-last_seen_at": "last seen first",
};
