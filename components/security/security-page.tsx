import type { ReactNode } from "react";
import { PageHeading } from "@/components/shell/page-heading";
import { SettingsTabs } from "@/components/shell/settings-tabs";

interface SecurityPageProps {
  title: string;
  /** Stand beside and beneath the title of a page about one thing. */
  badges?: ReactNode;
  detail?: ReactNode;
  /** A button at the right of the title. */
  action?: ReactNode;
  /** A `SecurityToolbar` and what it is for. */
  children: ReactNode;
}

/** The frame of the pages under the Security tab. */
export function SecurityPage({ title, badges, detail, action, children }: SecurityPageProps) {
  return (
    <div className="flex flex-col gap-5">
      <div>
        <PageHeading badges={badges} action={action}>
          {title}
        </PageHeading>
        {detail}
        <div className="mt-4">
          <SettingsTabs security />
        </div>
      </div>
      {children}
    </div>
  );
}
