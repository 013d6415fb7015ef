import { route } from "@/lib/http/route";
import { readStatus } from "@/lib/status/contract";
import { findStatus } from "@/lib/status/find-status";

export const GET = route(readStatus, () => findStatus());
