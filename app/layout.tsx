import "@fontsource-variable/instrument-sans";
import "@fontsource-variable/jetbrains-mono";
import "@/app/globals.css";
import { CSPProvider } from "@base-ui/react/csp-provider";
import type { Metadata } from "next";
import { cookies, headers } from "next/headers";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { QueryProvider } from "@/components/query-provider";
import { EarlyClicks } from "@/components/shell/early-clicks";
import { Announcer } from "@/components/ui/announcer";
import { Notice } from "@/components/ui/notice";
import { parseTheme, themeCookie } from "@/components/ui/theme";
import { Toaster } from "@/components/ui/toaster";

export const metadata: Metadata = {
  title: { template: "%s · Latchkey", default: "Latchkey" },
  robots: { index: false, follow: false },
  referrer: "same-origin",
  // Numbers and addresses in tables are not for a phone to turn into links.
  formatDetection: { telephone: false, email: false, address: false },
};

/** Every page is rendered per request: the nonce of the content security policy and the theme are in it. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  const theme = parseTheme((await cookies()).get(themeCookie)?.value);

  return (
    <html lang="en" data-theme={theme === "system" ? undefined : theme}>
      <body>
        <EarlyClicks nonce={nonce} />
        <noscript>
          <div className="p-4">
            <Notice tone="warning">
              <p>Latchkey needs JavaScript. Allow it for this address, or use the API.</p>
            </Notice>
          </div>
        </noscript>
        <CSPProvider nonce={nonce}>
          <QueryProvider>
            <NuqsAdapter>
              <Announcer>
                <Toaster>{children}</Toaster>
              </Announcer>
            </NuqsAdapter>
          </QueryProvider>
        </CSPProvider>
      </body>
    </html>
  );
}
