"use client";

import { useQuery } from "@tanstack/react-query";
import { Lock, Pencil } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { Danger, DangerZone } from "@/components/acts/danger-zone";
import { useEditDialog } from "@/components/acts/use-edit-dialog";
import { useOpener } from "@/components/acts/use-opener";
import { managedSource } from "@/components/security/managed";
import { SecurityPage } from "@/components/security/security-page";
import type { Viewer } from "@/components/security/viewer";
import { LoadFault } from "@/components/shell/load-fault";
import { NothingHere } from "@/components/shell/nothing-here";
import type { MembersView } from "@/components/teams/members-view";
import { TeamDialogs } from "@/components/teams/team-dialogs";
import { TeamMembers } from "@/components/teams/team-members";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { UsersPage } from "@/components/users/users-list";
import { RequestRefused } from "@/lib/http/client";
import type { Team } from "@/lib/teams/contract";
import { teamQuery } from "@/lib/teams/hooks";

interface TeamScreenProps {
  /** What the server found, for which view, and when. */
  first: { team: Team; members: UsersPage; view: MembersView; fetchedAt: number };
  viewer: Viewer;
}

/** Security → Teams → one team: what it is, who is in it, and how it ends. */
export function TeamScreen({ first, viewer }: TeamScreenProps) {
  const query = useQuery({
    ...teamQuery(first.team.id),
    initialData: first.team,
    initialDataUpdatedAt: first.fetchedAt,
  });
  const { data: team, error } = query;
  const edit = useEditDialog(viewer.canManage);
  const [deleting, setDeleting] = useState<Team>();
  const page = useRef<HTMLDivElement>(null);
  const opener = useOpener(page);
  const router = useRouter();
  const canChange = viewer.canManage && !team.locked;

  if (error instanceof RequestRefused && error.status === 404)
    return (
      <NothingHere title="Team not found" href="/settings/security/teams" back="Back to Teams">
        {team.name} was deleted meanwhile. The accounts of its members stay.
      </NothingHere>
    );

  return (
    <div ref={page} tabIndex={-1}>
      <SecurityPage
        title={team.name}
        badges={team.managed_by && <Badge variant="scim">SCIM</Badge>}
        detail={<TeamDetail team={team} />}
        action={
          canChange && (
            <Button
              icon={<Pencil />}
              onClick={(event) => {
                opener.remember(event.currentTarget);
                edit.open(team.id);
              }}
            >
              Edit
            </Button>
          )
        }
      >
        {error && (
          <LoadFault
            what="team"
            error={error}
            shownSince={new Date(query.dataUpdatedAt)}
            onRetry={() => query.refetch()}
            retrying={query.isFetching}
          />
        )}
        <TeamMembers team={team} first={first} canChange={canChange} />
        {canChange && (
          <div className="mt-5">
            <DangerZone>
              <Danger
                title="Delete"
                label="Delete…"
                onPress={(button) => {
                  opener.remember(button);
                  setDeleting(team);
                }}
              >
                Its members leave it; their accounts stay. It can't be undone.
              </Danger>
            </DangerZone>
          </div>
        )}
      </SecurityPage>
      <TeamDialogs
        editing={edit.id === team.id ? team : undefined}
        onEdited={edit.close}
        deleting={deleting}
        onDeleted={() => {
          setDeleting(undefined);
          router.push("/settings/security/teams");
        }}
        onKept={() => setDeleting(undefined)}
        finalFocus={opener}
      />
    </div>
  );
}

function TeamDetail({ team }: { team: Team }) {
  return (
    <>
      {team.description && (
        <p className="mt-1 max-w-prose whitespace-pre-line text-ink2 wrap-anywhere">{team.description}</p>
      )}
      {team.managed_by && (
        <p className="mt-1 text-ink2">
          {managedSource(team.managed_by)}: name and people. Service users come and go here.
        </p>
      )}
      {team.locked && (
        <p className="mt-1 flex items-center gap-1.5 text-ink2">
          <Lock className="size-3.5" />
          Everybody is a member, always: it can't be renamed, left or deleted.
        </p>
      )}
    </>
  );
}
