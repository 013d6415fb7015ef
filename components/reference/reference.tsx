import Link from "next/link";
import { Contents, type ContentsEntry } from "@/components/reference/contents";
import { Guide } from "@/components/reference/guide";
import { InlineCode } from "@/components/reference/inline-code";
import { OperationSection } from "@/components/reference/operation-section";
import { ProblemsList } from "@/components/reference/problems-list";
import { ReferenceSection } from "@/components/reference/reference-section";
import { FieldList, fieldsOf } from "@/components/reference/schema-fields";
import { Logo } from "@/components/ui/logo";
import { SkipLink } from "@/components/ui/skip-link";
import type { ProblemEntry } from "@/lib/openapi/problem-guide";
import type { Method, OpenApiDocument, Operation } from "@/lib/openapi/types";

interface ReferenceProps {
  document: OpenApiDocument;
  problems: readonly ProblemEntry[];
  /** Where this instance is reached; the commands begin with it. */
  baseUrl: string;
}

/** The OpenAPI document for people to read. */
export function Reference({ document, problems, baseUrl }: ReferenceProps) {
  const chapters = chaptersOf(document);

  return (
    <>
      <SkipLink />
      <header className="border-line border-b">
        <div className="mx-auto flex max-w-content flex-wrap items-center justify-between gap-3 px-10 py-3 max-md:px-4">
          <Link href="/settings/connections" className="inline-flex min-h-9 items-center rounded-badge">
            <Logo />
          </Link>
          <a
            href="/api/openapi.json"
            className="inline-flex min-h-9 items-center rounded-badge text-accent underline underline-offset-2"
          >
            OpenAPI document
          </a>
        </div>
      </header>
      <div className="mx-auto grid max-w-content gap-x-10 gap-y-4 px-10 max-md:px-4 max-md:pt-4 grid-cols-[minmax(0,1fr)] md:grid-cols-[14rem_minmax(0,1fr)]">
        <Contents entries={contentsOf(chapters)} />
        <main id="main" tabIndex={-1} className="flex min-w-0 max-w-[52rem] flex-col gap-10 py-7 max-md:py-3">
          <div>
            <h1 className="text-title">API reference</h1>
            <p className="mt-1 text-ink2">Latchkey {document.info.version}</p>
          </div>
          <Guide baseUrl={baseUrl} />
          {chapters.map(({ id, title, description, operations }) => (
            <ReferenceSection key={id} id={id} title={title}>
              <p className="max-w-prose text-ink2">
                <InlineCode text={description} />
              </p>
              <div className="flex flex-col gap-10">
                {operations.map((operation) => (
                  <OperationSection
                    key={operation.operation.operationId}
                    document={document}
                    baseUrl={baseUrl}
                    {...operation}
                  />
                ))}
              </div>
            </ReferenceSection>
          ))}
          <ReferenceSection id="objects" title="Objects">
            <div className="flex flex-col gap-8">
              {Object.entries(document.components.schemas).map(([name, schema]) => (
                <section key={name} aria-labelledby={`schema-${name}`}>
                  <h3 id={`schema-${name}`} className="mb-1.5 scroll-mt-4 text-section">
                    {name}
                  </h3>
                  {/* What is sent is called "New…" by the contracts. */}
                  <FieldList fields={fieldsOf(schema)} sent={name.startsWith("New")} />
                </section>
              ))}
            </div>
          </ReferenceSection>
          <ReferenceSection id="errors" title="Errors">
            <p className="max-w-prose text-ink2">
              <InlineCode text="A request that fails is answered as `application/problem+json` (RFC 9457): `detail` is a sentence for people, `code` a stable word for programs, and `errors` has one entry for each field at fault." />
            </p>
            <ProblemsList problems={problems} />
          </ReferenceSection>
        </main>
      </div>
    </>
  );
}

interface Chapter {
  id: string;
  title: string;
  description: string;
  operations: { path: string; method: Method; operation: Operation }[];
}

/** The operations under their tags, in the order of the document. */
function chaptersOf({ tags, paths }: OpenApiDocument): Chapter[] {
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method: method as Method, operation })),
  );
  return tags.map(({ name, description }) => ({
    id: `tag-${name.toLowerCase()}`,
    title: name,
    description,
    operations: operations.filter(({ operation }) => operation.tags.includes(name)),
  }));
}

function contentsOf(chapters: Chapter[]): ContentsEntry[] {
  return [
    { id: "authentication", title: "Authentication" },
    { id: "requests", title: "Requests and answers" },
    { id: "lists", title: "Lists" },
    { id: "idempotency", title: "Repeating a request safely" },
    ...chapters.map(({ id, title, operations }) => ({
      id,
      title,
      below: operations.map(({ operation }) => ({ id: operation.operationId, title: operation.summary })),
    })),
    { id: "objects", title: "Objects" },
    { id: "errors", title: "Errors" },
  ];
}
