import type { Metadata } from "next";
import { Forbidden } from "@/components/shell/forbidden";

export const metadata: Metadata = { title: "You need the Admin role" };

/** The answer (403) to whoever opens the audit log without the role. */
export default function AuditForbidden() {
  return <Forbidden needed="Admin" />;
}
