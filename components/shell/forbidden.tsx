import { PageHeading } from "@/components/shell/page-heading";
import { ButtonLink } from "@/components/ui/button";

interface ForbiddenProps {
  /** The least role that opens the page. */
  needed: "Admin" | "Manager";
}

/** Stands where a page would be that one's role doesn't open. It says nothing of what is on that page. */
export function Forbidden({ needed }: ForbiddenProps) {
  return (
    <div className="max-w-prose">
      <PageHeading>You need the {needed} role</PageHeading>
      <p className="mt-3 text-ink2">
        Your account doesn't open this page. Any administrator of this instance can give you the {needed}{" "}
        role.
      </p>
      <ButtonLink href="/settings/connections" className="mt-5">
        Back to Connections
      </ButtonLink>
    </div>
  );
}
