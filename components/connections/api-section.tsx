import Link from "next/link";
import { ConnectionsSection } from "@/components/connections/connections-section";
import { CodeSample } from "@/components/reference/code-sample";

/** A first call to copy, and where to read on. */
export function ApiSection({ apiBaseUrl }: { apiBaseUrl: string }) {
  return (
    <ConnectionsSection
      title="First call"
      lead={
        <>
          Creates a service user and its first token. <code className="font-mono">$TOKEN</code> stands for the
          token of an administrator.
        </>
      }
    >
      <CodeSample what="curl command" code={firstCall(apiBaseUrl)} />
      <p className="mt-3 flex flex-wrap gap-x-5 gap-y-1">
        <Link href="/api/docs" className={linkClasses}>
          API reference
        </Link>
        <a href="/api/openapi.json" className={linkClasses}>
          OpenAPI document
        </a>
      </p>
    </ConnectionsSection>
  );
}

const linkClasses = "inline-flex min-h-6 items-center rounded-badge text-accent underline underline-offset-2";

function firstCall(apiBaseUrl: string): string {
  return `curl -X POST ${apiBaseUrl}/users \\
  -H "Authorization: Bearer $TOKEN" \\
  -H 'Content-Type: application/json' \\
  -d '{"name": "API Access", "role": "Editor",
       "token": {"name": "api-production", "expires_in_days": 90}}'`;
}
