import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { StandalonePage } from "@/components/shell/standalone-page";
import { SignInScreen } from "@/components/sign-in/sign-in-screen";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { findPagePrincipal } from "@/lib/access/page-principal";
import { safeNextPath } from "@/lib/sign-in/next-path";
import { isSetUpNeeded } from "@/lib/sign-in/set-up-checks";

export const metadata: Metadata = { title: "Sign in" };

/** What brought somebody here, where it is worth a word. */
const notices = new Map([
  ["password-set", "Your password is set. Sign in with it."],
  ["signed-out", "You are signed out."],
  ["signed-out-everywhere", "You are signed out everywhere."],
]);

interface SignInPageProps {
  searchParams: Promise<{ next?: string | string[]; notice?: string | string[] }>;
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { next, notice } = await searchParams;
  const nextPath = safeNextPath(next);
  if (await findPagePrincipal()) redirect(nextPath);

  if (await isSetUpNeeded())
    return (
      <StandalonePage
        title="Nobody can sign in yet"
        lead="This instance has no administrator. When the server started, it wrote a link into its log; that link creates the first one."
      >
        <div>
          <ButtonLink href="/setup">I have the code from the log</ButtonLink>
        </div>
      </StandalonePage>
    );

  const message = typeof notice === "string" ? notices.get(notice) : undefined;
  return (
    <StandalonePage title="Sign in">
      {message && <Notice tone="success">{message}</Notice>}
      <SignInScreen next={nextPath} />
    </StandalonePage>
  );
}
