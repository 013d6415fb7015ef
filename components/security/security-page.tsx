import type { ReactNode } from "react";
import { PageHeading } from "@/components/shell/page-heading";
import { SettingsTabs } from "@/components/shell/settings-tabs";

interface SecurityPageProps {
  title: string;
  /** A `SecurityToolbar` and what it is for. */
  children: ReactNode;
}

/** The frame of the pages under the Security tab. */
export function SecurityPage({ title, children }: SecurityPageProps) {
  return (
    <div className="flex flex-col gap-5">
      <PageHeading>{title}</PageHeading>
      <SettingsTabs security />
      {children}
    </div>
  );
}
