import { headers } from "next/headers";
import { env } from "@/lib/env";
import { originHeader } from "@/lib/http/internal-headers";

/** Where people reach this instance. */
export interface PageAddress {
  /** The address that this page was asked for, as the server saw it. */
  inUse: string;
  /** What `PUBLIC_URL` says. */
  configured: string | undefined;
}

/** The addresses of the page that is being rendered. */
export async function findPageAddress(): Promise<PageAddress> {
  return { inUse: (await headers()).get(originHeader) ?? "", configured: env().publicUrl };
}
