"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useRef } from "react";
import type { AddDialog } from "@/components/creation/use-add-dialog";
import { useAnnounce } from "@/components/ui/announcer";
import { useToast } from "@/components/ui/toaster";
import { AddMenu } from "@/components/users/add-menu";
import type { Team } from "@/lib/teams/contract";
import type { Account } from "@/lib/users/contract";

const loadWizard = () => import("@/components/users/service-user-wizard");
const loadPersonDialog = () => import("@/components/users/person-dialog");
const loadTeamDialog = () => import("@/components/teams/team-dialog");
const ServiceUserWizard = dynamic(() => loadWizard().then((file) => file.ServiceUserWizard), { ssr: false });
const PersonDialog = dynamic(() => loadPersonDialog().then((file) => file.PersonDialog), { ssr: false });
const TeamDialog = dynamic(() => loadTeamDialog().then((file) => file.TeamDialog), { ssr: false });

interface AddProps {
  dialog: AddDialog;
  /** A service user or a person was created, and has been told of. */
  onUserCreated: (user: Account) => void;
}

/** The *Add* button of the users, with what it opens. */
export function Add({ dialog, onUserCreated }: AddProps) {
  const button = useRef<HTMLButtonElement>(null);
  const announce = useAnnounce();
  const toast = useToast();
  const router = useRouter();

  const closeWithUser = (user: Account | undefined) => {
    dialog.close();
    if (!user) return;
    announce(`${user.name} created`);
    onUserCreated(user);
  };

  const closeTeamDialog = (team: Team | undefined) => {
    dialog.close();
    if (!team) return;
    const show = () => router.push("/settings/security/teams");
    toast({ text: `${team.name} created`, action: { label: "Show teams", onPress: show } });
  };

  return (
    <>
      <AddMenu
        ref={button}
        onChoose={dialog.show}
        onApproach={() => {
          void loadWizard();
          void loadPersonDialog();
          void loadTeamDialog();
        }}
      />
      {dialog.open === "service-user" && (
        <ServiceUserWizard
          finalFocus={button}
          onCreating={() => dialog.hold("service-user")}
          onFailed={() => dialog.release("service-user")}
          onCreated={dialog.settle}
          onClose={closeWithUser}
        />
      )}
      {dialog.open === "person" && (
        <PersonDialog
          finalFocus={button}
          onCreating={() => dialog.hold("person")}
          onFailed={() => dialog.release("person")}
          onCreated={dialog.settle}
          onClose={closeWithUser}
        />
      )}
      {dialog.open === "team" && <TeamDialog finalFocus={button} onClose={closeTeamDialog} />}
    </>
  );
}
