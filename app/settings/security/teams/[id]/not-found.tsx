import type { Metadata } from "next";
import { NothingHere } from "@/components/shell/nothing-here";

export const metadata: Metadata = { title: "Team not found" };

/** The answer (404) to the number of a team that doesn't exist, or doesn't any more. */
export default function TeamNotFound() {
  return (
    <NothingHere title="Team not found" href="/settings/security/teams" back="Back to Teams">
      No team has this number. It may have been deleted; the audit log keeps its name.
    </NothingHere>
  );
}
