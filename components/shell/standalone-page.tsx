import type { ReactNode } from "react";
import { PageHeading } from "@/components/shell/page-heading";
import { Logo } from "@/components/ui/logo";

interface StandalonePageProps {
  title: string;
  /** One or two sentences under the title. */
  lead?: ReactNode;
  children?: ReactNode;
}

/** A page without the rail: signing in, setting up, a page that isn't there, a fault. */
export function StandalonePage({ title, lead, children }: StandalonePageProps) {
  return (
    <main
      id="main"
      className="mx-auto flex min-h-dvh w-full max-w-[27.5rem] flex-col justify-center gap-6 px-4 py-10"
    >
      <Logo />
      <div>
        <PageHeading>{title}</PageHeading>
        {lead && <div className="mt-2 text-ink2">{lead}</div>}
      </div>
      {children}
    </main>
  );
}
