import { verifyAudit } from "@/lib/audit/contract";
import { verifySeals } from "@/lib/audit/verify-seals";
import { route } from "@/lib/http/route";

export const POST = route(verifyAudit, ({ principal, body: { from_seal, head } }) =>
  verifySeals(principal, { fromSeal: from_seal, head }),
);
