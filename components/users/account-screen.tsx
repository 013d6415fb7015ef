"use client";

import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useEditDialog } from "@/components/acts/use-edit-dialog";
import { useOpener } from "@/components/acts/use-opener";
import { RecentActivity } from "@/components/audit/recent-activity";
import { SecurityPage } from "@/components/security/security-page";
import { SecurityToolbar } from "@/components/security/security-toolbar";
import type { Viewer } from "@/components/security/viewer";
import { LoadFault } from "@/components/shell/load-fault";
import { NothingHere } from "@/components/shell/nothing-here";
import { PageSection } from "@/components/shell/page-section";
import { TokensPanel } from "@/components/tokens/tokens-panel";
import { CopyButton } from "@/components/ui/copy-button";
import { Identifier } from "@/components/ui/identifier";
import { AccountAccess } from "@/components/users/account-access";
import { AccountDangers } from "@/components/users/account-dangers";
import { DeactivatedBanner } from "@/components/users/deactivated-banner";
import { TokensInUse } from "@/components/users/tokens-in-use";
import { UserBadges } from "@/components/users/user-badges";
import { UserDialogs } from "@/components/users/user-dialogs";
import { RequestRefused } from "@/lib/http/client";
import type { User } from "@/lib/users/contract";
import { userQuery } from "@/lib/users/hooks";

interface AccountScreenProps {
  /** What the server found, and when. */
  first: { user: User; fetchedAt: number };
  viewer: Viewer;
}

/** Security → Users → one account: what it may do, what it holds, what it did, and how it ends. */
export function AccountScreen({ first, viewer }: AccountScreenProps) {
  const query = useQuery({
    ...userQuery(first.user.id),
    initialData: first.user,
    initialDataUpdatedAt: first.fetchedAt,
  });
  const { data: user, error } = query;
  const edit = useEditDialog(viewer.canManage);
  const [deactivating, setDeactivating] = useState<User>();
  const page = useRef<HTMLDivElement>(null);
  const opener = useOpener(page);

  if (error instanceof RequestRefused && error.status === 404)
    return (
      <NothingHere title="User not found" href="/settings/security/users" back="Back to Users">
        {user.name} was deleted meanwhile. The audit log keeps the name.
      </NothingHere>
    );

  return (
    <div ref={page} tabIndex={-1}>
      <SecurityPage
        title={user.name}
        badges={<UserBadges user={user} />}
        detail={
          <p className="mt-1 flex items-center gap-1 text-ink2">
            <span className="min-w-0 font-mono text-mono wrap-anywhere">
              <Identifier>{user.user_id}</Identifier>
            </span>
            <CopyButton text={user.user_id} what="ID" />
          </p>
        }
      >
        <SecurityToolbar />
        {error && (
          <LoadFault
            what="account"
            error={error}
            shownSince={new Date(query.dataUpdatedAt)}
            onRetry={() => query.refetch()}
            retrying={query.isFetching}
          />
        )}
        {!user.active && <DeactivatedBanner user={user} viewer={viewer} />}
        <div className="mt-2 flex flex-col gap-10">
          <AccountAccess
            user={user}
            viewer={viewer}
            onEdit={(button) => {
              opener.remember(button);
              edit.open(user.id);
            }}
          />
          {viewer.canManage || viewer.id === user.id ? (
            <TokensPanel userId={user.id} />
          ) : (
            <PageSection title="Tokens">
              <p className="text-ink2">
                It holds <TokensInUse tokens={user.tokens} />. An Admin sees each of them.
              </p>
            </PageSection>
          )}
          {viewer.canManage && <RecentActivity targetUserId={user.id} />}
          {viewer.canManage && (
            <AccountDangers
              user={user}
              viewer={viewer}
              onDeactivate={(button) => {
                opener.remember(button);
                setDeactivating(user);
              }}
            />
          )}
        </div>
      </SecurityPage>
      <UserDialogs
        viewer={viewer}
        editing={edit.id === user.id ? user : undefined}
        onEdited={edit.close}
        deactivating={deactivating}
        onDeactivated={() => {
          // Its button is for who is active.
          opener.leave();
          setDeactivating(undefined);
        }}
        onKept={() => setDeactivating(undefined)}
        finalFocus={opener}
      />
    </div>
  );
}
