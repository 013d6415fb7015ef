import type { Metadata } from "next";
import { Reference } from "@/components/reference/reference";
import { findPageAddress } from "@/lib/http/page-address";
import { openApiDocument } from "@/lib/openapi/document";
import { problemEntries } from "@/lib/openapi/problem-guide";

export const metadata: Metadata = { title: "API reference" };

/** For anybody to read; it says nothing about what is in this instance. */
export default async function ApiReferencePage() {
  const { configured, inUse } = await findPageAddress();

  return <Reference document={openApiDocument()} problems={problemEntries} baseUrl={configured ?? inUse} />;
}
