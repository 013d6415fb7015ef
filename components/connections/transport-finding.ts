import type { Finding } from "@/components/connections/findings";
import { isLoopback } from "@/components/connections/is-loopback";

interface Transport {
  /** The origin in the browser's address bar. */
  inUse: string;
  /** The origin that the server saw the same request come for. */
  seen: string;
  /** What `PUBLIC_URL` says. */
  configured: string | undefined;
}

/** Whether what people and tokens send here is encrypted on its way, and whether the server knows. */
export function transportFinding({ inUse, seen, configured }: Transport): Finding {
  const name = "TLS";
  const evidence = [
    { label: "This page", value: inUse.startsWith("https:") ? "Over HTTPS" : "Over plain HTTP" },
    { label: "PUBLIC_URL", value: configured ?? "Not set" },
  ];

  if (inUse.startsWith("https:")) {
    const known = seen.startsWith("https:") || configured?.startsWith("https:");
    if (known) return { name, state: "Healthy", evidence };
    return {
      name,
      state: "Degraded",
      evidence,
      advice:
        "The proxy in front encrypts, but the server doesn't know, so cookies aren't marked Secure. Put the proxy's address in TRUSTED_PROXIES, or set PUBLIC_URL.",
    };
  }
  if (isLoopback(inUse))
    return {
      name,
      state: "Not configured",
      evidence,
      advice: "Nothing leaves this machine. For others, put a reverse proxy with HTTPS in front.",
    };
  return {
    name,
    state: "Degraded",
    evidence,
    advice: "Tokens and passwords travel unencrypted. Put Latchkey behind HTTPS and set PUBLIC_URL.",
  };
}
