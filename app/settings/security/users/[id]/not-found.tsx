import type { Metadata } from "next";
import { NothingHere } from "@/components/shell/nothing-here";

export const metadata: Metadata = { title: "User not found" };

/** The answer (404) to the number of an account that doesn't exist, or doesn't any more. */
export default function UserNotFound() {
  return (
    <NothingHere title="User not found" href="/settings/security/users" back="Back to Users">
      No account has this number. It may have been deleted; the audit log keeps its name.
    </NothingHere>
  );
}
