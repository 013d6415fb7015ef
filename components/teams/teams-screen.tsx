"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { CreatedHidden } from "@/components/creation/created-hidden";
import { useCreatedRow } from "@/components/creation/use-created-row";
import { settledIds, useListNews } from "@/components/lists/use-list-news";
import { SecurityToolbar } from "@/components/security/security-toolbar";
import type { Viewer } from "@/components/security/viewer";
import { AddTeam } from "@/components/teams/add-team";
import { TeamsList, type TeamsPage } from "@/components/teams/teams-list";
import {
  type TeamsView,
  teamsFilter,
  teamsOrder,
  teamsViewKey,
  teamsViewParsers,
  wholeTeamsView,
} from "@/components/teams/teams-view";
import { SearchBox } from "@/components/ui/search-box";
import { teamsQuery } from "@/lib/teams/hooks";

interface TeamsScreenProps {
  /** What the server found, for which view, and when. */
  first: { teams: TeamsPage; view: TeamsView; fetchedAt: number };
  viewer: Viewer;
}

/** Security → Teams: what narrows the list, *Add team*, and the list. */
export function TeamsScreen({ first, viewer }: TeamsScreenProps) {
  const [view, setView] = useQueryStates(teamsViewParsers, { history: "push" });
  const viewKey = teamsViewKey(view);
  const query = useQuery({
    ...teamsQuery(teamsFilter(view)),
    initialData: viewKey === teamsViewKey(first.view) ? first.teams : undefined,
    initialDataUpdatedAt: first.fetchedAt,
  });
  const created = useCreatedRow(viewKey, settledIds(query));
  useListNews(query, { names: ["team", "teams"], view: viewKey, order: teamsOrder[view.sort] });

  const showAll = () => setView(wholeTeamsView);
  const showCreated = () => {
    // The name may stand on any page; the newest stands on the first.
    const newestFirst = { ...wholeTeamsView, sort: "-created_at" } as const;
    void setView(newestFirst);
    created.followIn(teamsViewKey(newestFirst));
  };

  return (
    <>
      <SecurityToolbar>
        <SearchBox
          label="Search teams"
          placeholder="Search teams"
          value={view.q}
          onSearch={(q) => setView({ q, page: 1 }, { history: "replace" })}
        />
        {viewer.canManage && <AddTeam onCreated={(team) => created.follow(team.id, viewKey)} />}
      </SecurityToolbar>
      {created.hidden && <CreatedHidden onShow={showCreated} />}
      <TeamsList
        query={query}
        view={view}
        created={created}
        viewer={viewer}
        onSort={(sort) => setView({ sort, page: 1 })}
        onPage={(page) => setView({ page })}
        onShowAll={showAll}
      />
    </>
  );
}
