import type { Finding } from "@/components/connections/findings";
import type { ScimCheck } from "@/lib/status/contract";

const states = {
  ready: "Ready — no request received yet",
  connected: "Connected",
  quiet: "Quiet",
} as const;

/** What to do about the provider's last fault, by what it was answered with. */
const remedies: Record<number, string> = {
  400: "Correct the mapping of attributes in the provider.",
  401: "Generate a SCIM token and give it to the provider.",
  403: "Raise the role of the token's account, or lower the person's in the provider.",
  409: "Match or rename the entry in the provider, then provision it again.",
  412: "The provider worked on an old copy; its next attempt should do.",
  413: "Let the provider send less at a time.",
};

/** Whether an identity provider talks to this instance, by what came last. */
export function scimFinding({ state, last_request, last_error }: ScimCheck): Finding {
  const advice = last_error ? remedyFor(last_error.status) : adviceFor(state);
  return {
    name: "SCIM",
    state: states[state],
    evidence: [
      ...(last_request
        ? [
            {
              label: "Last request",
              at: last_request.at,
              value: `by token ${last_request.token ?? "unknown"}`,
            },
          ]
        : []),
      ...(last_error
        ? [
            { label: "Last error", at: last_error.at, value: `${last_error.request}: ${last_error.status}` },
            ...(last_error.detail ? [{ label: "Answer", value: last_error.detail }] : []),
          ]
        : []),
    ],
    ...(advice && { advice }),
    action: { label: "Generate SCIM token", href: "/settings/tokens?add=token&scim=true" },
  };
}

function remedyFor(status: number): string {
  return remedies[status] ?? "The log has more under the time of the error.";
}

function adviceFor(state: ScimCheck["state"]): string | undefined {
  switch (state) {
    case "ready":
      return "An identity provider keeps people and teams up to date with the SCIM base URL and a token of its own.";
    case "quiet":
      return "No request for a day. See in the provider whether provisioning is on.";
    case "connected":
      return undefined;
  }
}
