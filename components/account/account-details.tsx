import { Detail, DetailList } from "@/components/ui/detail-list";
import type { CurrentUser } from "@/lib/users/contract";

/** Who one is here. An administrator changes it, not oneself. */
export function AccountDetails({ user }: { user: CurrentUser }) {
  return (
    <div>
      <DetailList>
        <Detail label="Name">{user.name}</Detail>
        <Detail label="E-mail">{user.email ?? "None"}</Detail>
        <Detail label="Role">{user.role}</Detail>
        <Detail label="Teams">{user.teams.join(", ")}</Detail>
      </DetailList>
      <p className="mt-2 text-help text-ink3">An administrator changes these.</p>
    </div>
  );
}
