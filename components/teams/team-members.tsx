"use client";

import { useQuery } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import dynamic from "next/dynamic";
import { useQueryStates } from "nuqs";
import { useRef, useState } from "react";
import { useOpener } from "@/components/acts/use-opener";
import { ListFrame } from "@/components/lists/list-frame";
import { SelectionBar } from "@/components/lists/selection-bar";
import { useListNews } from "@/components/lists/use-list-news";
import { useSelection } from "@/components/lists/use-selection";
import { managedReason } from "@/components/security/managed";
import { SecurityToolbar } from "@/components/security/security-toolbar";
import { MembersTable } from "@/components/teams/members-table";
import {
  type MembersView,
  membersColumns,
  membersFilter,
  membersOrder,
  membersPageSize,
  membersViewKey,
  membersViewParsers,
  wholeMembersView,
} from "@/components/teams/members-view";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { SearchBox } from "@/components/ui/search-box";
import type { UsersPage } from "@/components/users/users-list";
import type { Team } from "@/lib/teams/contract";
import type { User } from "@/lib/users/contract";
import { usersQuery } from "@/lib/users/hooks";

const loadAddMembers = () => import("@/components/teams/add-members");
const AddMembers = dynamic(() => loadAddMembers().then((file) => file.AddMembers), { ssr: false });
const RemoveMembers = dynamic(
  () => import("@/components/teams/remove-members").then((file) => file.RemoveMembers),
  { ssr: false },
);

interface TeamMembersProps {
  team: Team;
  /** What the server found, for which view, and when. */
  first: { team: Team; members: UsersPage; view: MembersView; fetchedAt: number };
  /** Whether members may be added and removed. */
  canChange: boolean;
}

/** Who is in a team, and how they come and go. */
export function TeamMembers({ team, first, canChange }: TeamMembersProps) {
  const [view, setView] = useQueryStates(membersViewParsers, { history: "push" });
  const viewKey = membersViewKey(view);
  const isFirst = viewKey === membersViewKey(first.view) && team.name === first.team.name;
  const query = useQuery({
    ...usersQuery(membersFilter(team.name, view)),
    initialData: isFirst ? first.members : undefined,
    initialDataUpdatedAt: first.fetchedAt,
  });
  useListNews(query, { names: ["member", "members"], view: viewKey, order: membersOrder[view.sort] });
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<readonly User[]>();
  const list = useRef<HTMLDivElement>(null);
  const addButton = useRef<HTMLButtonElement>(null);
  const opener = useOpener(list);
  const members = query.data?.items ?? [];
  const blockedBecause = ({ user_type }: User) =>
    team.managed_by && user_type === "User" ? managedReason : undefined;
  const selection = useSelection(members.filter((member) => !blockedBecause(member)));
  const selected = members.filter(({ id }) => selection.ids.includes(id));
  const isEmpty = view.q === "" && view.page === 1 && query.data?.total === 0;

  const ask = (who: readonly User[], button: HTMLElement | null) => {
    opener.remember(button);
    setRemoving(who);
  };

  return (
    <>
      <SecurityToolbar>
        <SearchBox
          label="Search members"
          placeholder="Search name, e-mail or ID"
          value={view.q}
          onSearch={(q) => setView({ q, page: 1 }, { history: "replace" })}
        />
        {canChange && (
          <Button
            ref={addButton}
            variant="primary"
            icon={<UserPlus />}
            onClick={() => setAdding(true)}
            onPointerEnter={loadAddMembers}
            onFocus={loadAddMembers}
            className="shrink-0"
          >
            Add members
          </Button>
        )}
      </SecurityToolbar>
      <div ref={list} tabIndex={-1} className="flex flex-col gap-4">
        <ListFrame
          what="members"
          caption="Members"
          columns={membersColumns(canChange)}
          query={query}
          view={view}
          pageSize={membersPageSize}
          onPage={(page) => setView({ page })}
          onShowAll={() => setView(wholeMembersView)}
          invitation={
            isEmpty && (
              <EmptyState title="No members yet">
                Services behind Latchkey can let in the members of a team, and nobody else.
              </EmptyState>
            )
          }
        >
          {(table) => (
            <MembersTable
              {...table}
              sort={view.sort}
              onSort={(sort) => setView({ sort, page: 1 })}
              removal={
                canChange
                  ? { selection, blockedBecause, onRemove: (member, button) => ask([member], button) }
                  : undefined
              }
            />
          )}
        </ListFrame>
        <SelectionBar label="Selected members" selection={selection}>
          <Button onClick={(event) => ask(selected, event.currentTarget)}>Remove {selected.length}…</Button>
        </SelectionBar>
      </div>
      {adding && <AddMembers team={team} onClose={() => setAdding(false)} finalFocus={addButton} />}
      {removing && (
        <RemoveMembers
          team={team}
          members={removing}
          onRemoved={() => {
            opener.leave();
            for (const { id } of removing) selection.set(id, false);
            setRemoving(undefined);
          }}
          onClose={() => setRemoving(undefined)}
          finalFocus={opener}
        />
      )}
    </>
  );
}
