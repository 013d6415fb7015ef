import type { Metadata } from "next";
import { Forbidden } from "@/components/shell/forbidden";

export const metadata: Metadata = { title: "You need the Manager role" };

/** The answer (403) to whoever opens these pages without the role. */
export default function SecurityForbidden() {
  return <Forbidden needed="Manager" />;
}
