import type { ReactNode } from "react";
import { PageHeading } from "@/components/shell/page-heading";
import { ButtonLink } from "@/components/ui/button";

interface NothingHereProps {
  title: string;
  /** Where the way on leads, and what it is called. */
  href: string;
  back: string;
  children: ReactNode;
}

/** Stands where the page of something would be that doesn't exist. */
export function NothingHere({ title, href, back, children }: NothingHereProps) {
  return (
    <div className="max-w-prose">
      <PageHeading>{title}</PageHeading>
      <p className="mt-3 text-ink2">{children}</p>
      <ButtonLink href={href} className="mt-5">
        {back}
      </ButtonLink>
    </div>
  );
}
