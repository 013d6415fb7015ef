import type { Metadata } from "next";
import { AccountDetails } from "@/components/account/account-details";
import { ChangePasswordForm } from "@/components/account/change-password-form";
import { SessionsSection } from "@/components/account/sessions-section";
import { ThemeChoice } from "@/components/account/theme-choice";
import { PageHeading } from "@/components/shell/page-heading";
import { PageSection } from "@/components/shell/page-section";
import { requirePagePrincipal } from "@/lib/access/page-principal";
import { findCurrentUser } from "@/lib/users/find-user";

export const metadata: Metadata = { title: "Your account" };

/** What belongs to the person who is signed in. */
export default async function AccountPage() {
  const principal = await requirePagePrincipal("/settings/account");
  const user = await findCurrentUser(principal);

  return (
    <>
      <PageHeading>Your account</PageHeading>
      <div className="mt-6 flex max-w-form flex-col gap-10">
        <AccountDetails user={user} />
        <PageSection title="Change password" lead="All your other sessions end.">
          <ChangePasswordForm email={user.email ?? user.user_id} />
        </PageSection>
        <ThemeChoice />
        <SessionsSection />
      </div>
    </>
  );
}
