import type { ReactNode } from "react";
import { CodeSample } from "@/components/reference/code-sample";
import { InlineCode } from "@/components/reference/inline-code";
import { MethodLabel } from "@/components/reference/method-label";
import { FieldList, fieldsOf } from "@/components/reference/schema-fields";
import { curlCommand, ownParameters } from "@/lib/openapi/curl";
import { schemaName } from "@/lib/openapi/describe-type";
import type { JsonSchema, Method, OpenApiDocument, Operation } from "@/lib/openapi/types";

interface OperationSectionProps {
  document: OpenApiDocument;
  baseUrl: string;
  path: string;
  method: Method;
  operation: Operation;
}

/** One operation: what it takes, what it answers, and a command that calls it. */
export function OperationSection({ document, baseUrl, path, method, operation }: OperationSectionProps) {
  const { operationId, summary, description } = operation;
  const parameters = ownParameters(operation);
  const body = Object.values(operation.requestBody?.content ?? {})[0]?.schema;
  const bodies = body ? variantsOf(body, document) : [];
  const command = curlCommand(baseUrl, path, method, operation);

  return (
    <section aria-labelledby={operationId} className="flex flex-col gap-4">
      <div>
        <h3 id={operationId} className="scroll-mt-4 text-section">
          {summary}
        </h3>
        <p className="mt-1 flex flex-wrap items-center gap-2">
          <MethodLabel method={method} />
          <code className="wrap-anywhere font-mono text-token" translate="no">
            {path}
          </code>
        </p>
        {description && (
          <p className="mt-1.5 max-w-prose text-ink2">
            <InlineCode text={description} />
          </p>
        )}
      </div>
      {parameters.length > 0 && (
        <Part title="Parameters">
          <FieldList fields={parameters} sent />
        </Part>
      )}
      {bodies.map(({ name, schema }) => (
        <Part key={name} title={bodies.length > 1 ? `Body: ${name}` : "Body"}>
          <FieldList fields={fieldsOf(schema)} sent />
        </Part>
      ))}
      <Part title="Answer">
        <Answer operation={operation} />
      </Part>
      {command && <CodeSample what={`curl command for ${operationId}`} code={command} />}
    </section>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <h4 className="mb-1 font-medium text-help text-ink3">{title}</h4>
      {children}
    </div>
  );
}

/** What is sent, spelled out; several where it is one of several kinds. */
function variantsOf(schema: JsonSchema, document: OpenApiDocument): { name: string; schema: JsonSchema }[] {
  if (schema.oneOf) return schema.oneOf.flatMap((variant) => variantsOf(variant, document));
  if (!schema.$ref) return [{ name: "", schema }];
  const name = schemaName(schema.$ref);
  return [{ name, schema: document.components.schemas[name] ?? {} }];
}

function Answer({ operation }: { operation: Operation }) {
  const [status, response] = Object.entries(operation.responses).find(([code]) => code.startsWith("2")) ?? [];
  const schema =
    response && "content" in response ? response.content?.["application/json"]?.schema : undefined;

  if (!schema)
    return (
      <p>
        <code className="font-mono text-mono">{status}</code>, without a body.
      </p>
    );
  return (
    <div className="flex flex-col gap-1.5">
      <p>
        <code className="font-mono text-mono">{status}</code>
        {schema.$ref && (
          <>
            {" "}
            with{" "}
            <a
              href={`#schema-${schemaName(schema.$ref)}`}
              className="inline-block rounded-badge py-0.5 text-accent underline underline-offset-2"
            >
              {schemaName(schema.$ref)}
            </a>
          </>
        )}
      </p>
      {!schema.$ref && <FieldList fields={fieldsOf(schema)} />}
    </div>
  );
}
