import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { StandalonePage } from "@/components/shell/standalone-page";
import { SetUpChecks } from "@/components/sign-in/set-up-checks";
import { SetUpForm } from "@/components/sign-in/set-up-form";
import { findPageAddress } from "@/lib/http/page-address";
import { findSetUpState } from "@/lib/sign-in/set-up-checks";

export const metadata: Metadata = { title: "Create the first administrator" };

/** The first run. Gone once there is an administrator. */
export default async function SetUpPage() {
  const { inUse } = await findPageAddress();
  const { needed, checks } = await findSetUpState(inUse);
  if (needed === false) redirect("/sign-in");

  return (
    <StandalonePage
      title="Create the first administrator"
      lead="Everyone else, and every service user, is added by an administrator later."
    >
      <SetUpChecks checks={checks} />
      <SetUpForm />
    </StandalonePage>
  );
}
