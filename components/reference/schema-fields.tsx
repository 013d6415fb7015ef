import { InlineCode } from "@/components/reference/inline-code";
import { describeType, schemaName } from "@/lib/openapi/describe-type";
import type { JsonSchema } from "@/lib/openapi/types";

interface FieldListProps {
  fields: FieldEntry[];
  /** Whether these are sent rather than answered. */
  sent?: boolean;
}

export interface FieldEntry {
  name: string;
  required: boolean;
  schema: JsonSchema;
  description?: string | undefined;
}

/** Fields or parameters, each with its type and what it means. Objects without a name are shown in place. */
export function FieldList({ fields, sent = false }: FieldListProps) {
  return (
    <dl className="divide-y divide-line border-line border-y">
      {fields.map(({ name, required, schema, description = schema.description }) => {
        const inner = innerObject(schema);
        return (
          <div
            key={name}
            className="grid items-baseline gap-x-4 gap-y-0.5 py-2 md:grid-cols-[minmax(0,12rem)_minmax(50%,1fr)]"
          >
            <dt className="flex flex-wrap items-baseline gap-x-2">
              <code className="wrap-anywhere font-mono text-mono" translate="no">
                {name}
              </code>
              {sent && required && <span className="text-help text-ink3">required</span>}
              {!sent && !required && <span className="text-help text-ink3">may be absent</span>}
            </dt>
            <dd className="min-w-0">
              <FieldType schema={schema} />
              {description && (
                <p className="text-ink2">
                  <InlineCode text={description} />
                </p>
              )}
              {inner && (
                <div className="mt-1.5 pl-4">
                  <FieldList fields={fieldsOf(inner)} sent={sent} />
                </div>
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** The fields of an object, in the order of the contract. */
export function fieldsOf({ properties = {}, required = [] }: JsonSchema): FieldEntry[] {
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    required: required.includes(name),
    schema,
  }));
}

/** Links to the named object, where that is what it is or holds. */
function FieldType({ schema }: { schema: JsonSchema }) {
  const named = schema.$ref ?? schema.items?.$ref;

  return (
    <p className="wrap-anywhere text-ink2">
      {named ? (
        <>
          {schema.items && "array of "}
          <a
            href={`#schema-${schemaName(named)}`}
            className="inline-block rounded-badge py-0.5 text-accent underline underline-offset-2"
          >
            {schemaName(named)}
          </a>
        </>
      ) : (
        describeType(schema)
      )}
      {schema.default !== undefined && (
        <>
          ; default <code className="font-mono text-mono">{JSON.stringify(schema.default)}</code>
        </>
      )}
    </p>
  );
}

/** The object that a field is, holds or may be, where it has no name of its own. */
function innerObject(schema: JsonSchema): JsonSchema | undefined {
  if (schema.properties) return schema;
  if (schema.items) return innerObject(schema.items);
  return schema.anyOf?.find(({ properties }) => properties);
}
