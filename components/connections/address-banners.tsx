"use client";

import { isLoopback } from "@/components/connections/is-loopback";
import { useBrowserOrigin } from "@/components/connections/use-browser-origin";
import { Notice } from "@/components/ui/notice";
import type { PageAddress } from "@/lib/http/page-address";

/** What is wrong with the way this page was reached: plain HTTP, or another address than the configured one. */
export function AddressBanners({ address }: { address: PageAddress }) {
  const inUse = useBrowserOrigin(address.inUse);
  const { configured } = address;

  return (
    <>
      {inUse.startsWith("http:") && !isLoopback(inUse) && (
        <Notice tone="warning" title="Tokens travel unencrypted">
          <p>
            This page came over plain HTTP: whoever is on the way can read the tokens you create, and copying
            one may need a manual step. Put Latchkey behind HTTPS and set{" "}
            <code className="font-mono">PUBLIC_URL</code>.
          </p>
        </Notice>
      )}
      {configured !== undefined && configured !== inUse && (
        <Notice tone="warning" title="The public URL is not the address in use">
          <p>
            <code className="font-mono">PUBLIC_URL</code> is <Address>{configured}</Address>, but this page
            was opened at <Address>{inUse}</Address>. Links and the addresses below use the first.
          </p>
        </Notice>
      )}
    </>
  );
}

function Address({ children }: { children: string }) {
  return (
    <code className="wrap-anywhere font-mono" translate="no">
      {children}
    </code>
  );
}
