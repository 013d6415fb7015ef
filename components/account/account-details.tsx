import type { ReactNode } from "react";
import type { CurrentUser } from "@/lib/users/contract";

/** Who one is here. An administrator changes it, not oneself. */
export function AccountDetails({ user }: { user: CurrentUser }) {
  return (
    <div>
      <dl className="divide-y divide-line rounded-table border border-line bg-surface">
        <Row label="Name">{user.name}</Row>
        <Row label="E-mail">{user.email ?? "None"}</Row>
        <Row label="Role">{user.role}</Row>
        <Row label="Teams">{user.teams.join(", ")}</Row>
      </dl>
      <p className="mt-2 text-help text-ink3">An administrator changes these.</p>
    </div>
  );
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-4 px-3.5 py-2.5 md:grid-cols-[8rem_1fr]">
      <dt className="text-ink3">{label}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </div>
  );
}
