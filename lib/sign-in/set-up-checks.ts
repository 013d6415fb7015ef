import { isDatabaseUnavailable } from "@/db/failures";
import { env } from "@/lib/env";
import { needsSetUp } from "@/lib/sign-in/set-up";

/** Something that must be true before an instance is set up, in words that anybody may read. */
export interface SetUpCheck {
  name: string;
  holds: boolean;
  evidence: string;
}

export interface SetUpState {
  /** Undefined while the database doesn't answer. */
  needed: boolean | undefined;
  checks: SetUpCheck[];
}

/**
 * Whether the instance waits for its first administrator, and whether it is fit to.
 * @param addressInUse the address that the page was asked for
 */
export async function findSetUpState(addressInUse: string): Promise<SetUpState> {
  const needed = await isSetUpNeeded();
  return {
    needed,
    checks: [
      {
        name: "Database",
        holds: needed !== undefined,
        evidence: needed === undefined ? "Doesn't answer." : "Answers, and its tables are up to date.",
      },
      publicAddressCheck(env().publicUrl, addressInUse),
      // Without one, or with one that doesn't fit the database, the server wouldn't have started.
      {
        name: "Secret key",
        holds: true,
        evidence: env().secret
          ? "Set by LATCHKEY_SECRET."
          : "Made at the first start, kept in the data folder.",
      },
    ],
  };
}

/** Whether the instance waits for its first administrator; undefined while the database doesn't answer. */
export async function isSetUpNeeded(): Promise<boolean | undefined> {
  try {
    return await needsSetUp();
  } catch (error) {
    if (isDatabaseUnavailable(error)) return undefined;
    throw error;
  }
}

function publicAddressCheck(configured: string | undefined, inUse: string): SetUpCheck {
  const name = "Public URL";
  if (configured === undefined) return { name, holds: true, evidence: `Not set; using ${inUse}.` };
  if (configured === inUse)
    return { name, holds: true, evidence: `Set to ${configured}, the address in use.` };
  return { name, holds: false, evidence: `Set to ${configured}, but this page was opened at ${inUse}.` };
}
