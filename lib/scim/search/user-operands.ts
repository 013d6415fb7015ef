import { type AnyColumn, type SQL, sql } from "drizzle-orm";
import { teamMembers, teams, users } from "@/db/schema";
import type { AttributePath } from "@/lib/scim/protocol/attribute-path";
import type { Attribute } from "@/lib/scim/protocol/attributes";
import type { Complex } from "@/lib/scim/protocol/document";
import { ScimError } from "@/lib/scim/protocol/scim-error";
import { enterpriseSchema, userSchema } from "@/lib/scim/protocol/user-schema";
import { byNumber, metaScalar, referenceTo, textList } from "@/lib/scim/search/common-operands";
import type { Many, Operands, Scalar } from "@/lib/scim/search/operands";

const key = users.attributesKey;

/** How the attributes of people are found: in their columns, else in `attributes_key`. */
export function userOperands(baseUrl: string): Operands {
  return {
    scalar: (path) => columnScalar(path, baseUrl) ?? documentScalar(path),
    present: (path) => columnPresent(path, baseUrl) ?? documentPresent(path),
    many: ({ attribute }) => {
      if (attribute.name === "schemas") return schemas(attribute);
      return attribute.name === "groups" ? groups(baseUrl) : documentElements(attribute);
    },
  };
}

function columnScalar({ attribute, sub, extension }: AttributePath, baseUrl: string): Scalar | undefined {
  if (extension) return undefined;
  switch (attribute.name) {
    case "id":
      return { attribute, ...byNumber(users.id), identifies: true };
    case "userName":
      return { attribute, expression: sql`${users.userIdKey}`, identifies: true };
    case "externalId":
      return { attribute, expression: sql`${users.externalId}`, identifies: true };
    case "active":
      return { attribute, expression: sql`${users.active}` };
    case "meta":
      if (sub?.name === "version")
        throw new ScimError(400, "A User's meta.version can't be filtered by.", "invalidFilter");
      return metaScalar(sub, {
        resourceType: sql`'User'`,
        created: sql`${users.createdAt}`,
        lastModified: sql`${users.updatedAt}`,
        location: referenceTo(`${baseUrl}/Users/`, users.id),
      });
    default:
      return undefined;
  }
}

function columnPresent(path: AttributePath, baseUrl: string): SQL | undefined {
  const { attribute, extension } = path;
  if (extension) return undefined;
  // A provider may unassign `active`; a null in the document says that it did.
  if (attribute.name === "active") return sql`(${key} -> 'active') is null`;
  if (attribute.name === "meta" && !path.sub) return sql`true`;
  const scalar = columnScalar(path, baseUrl);
  return scalar && sql`${scalar.expression} is not null`;
}

function documentPresent(path: AttributePath): SQL {
  const isStored = sql`(${key} #> ${sql.param(pathOf(path))}::text[]) is not null`;
  const { attribute, sub, extension } = path;
  const isName = !extension && attribute.name === "name" && (!sub || sub.name === "formatted");
  return isName ? sql`(${isStored} or ${hasUnstoredName})` : isStored;
}

/** Who was made here before names were stored whole is shown with theirs all the same (lib/scim/users/person-document.ts). */
const hasUnstoredName = sql`(${users.provisionedAt} is null and (${key} -> 'name') is null and (${key} -> 'displayName') is not null)`;

function wholeName(stored: Scalar & Required<Pick<Scalar, "equals">>): Scalar {
  return {
    attribute: stored.attribute,
    expression: sql`case when ${hasUnstoredName} then ${key} ->> 'displayName' else ${stored.expression} end`,
    equals: (value) =>
      sql`(${stored.equals(value)} or (${contains({ displayName: value })} and ${hasUnstoredName}))`,
  };
}

function documentScalar(path: AttributePath): Scalar {
  const attribute = path.sub ?? path.attribute;
  const segments = pathOf(path);
  const text = sql`(${key} #>> ${sql.param(segments)}::text[])`;
  const stored = {
    attribute,
    expression: attribute.type === "boolean" ? sql`${text}::boolean` : text,
    equals: (value: string | boolean) => contains(nested(segments, value)),
  };
  return segments.join() === "name,formatted" ? wholeName(stored) : stored;
}

function documentElements(attribute: Attribute): Many {
  return {
    exists: (condition = sql`true`) =>
      sql`exists (select 1 from jsonb_array_elements(${key} -> ${attribute.name}::text) as element where ${condition})`,
    element: (sub) => {
      const text = sql`(element ->> ${sub.name}::text)`;
      return { attribute: sub, expression: sub.type === "boolean" ? sql`${text}::boolean` : text };
    },
    leading: (sub) => sql`(select element ->> ${sub.name}::text
      from jsonb_array_elements(${key} -> ${attribute.name}::text) with ordinality as listed (element, place)
      order by (element ->> 'primary') is not distinct from 'true' desc, place limit 1)`,
    holding: (element: Complex) => contains({ [attribute.name]: [element] }),
    ...(attribute.name === "emails" ? { identifiedBy: "value" } : {}),
  };
}

function groups(baseUrl: string): Many {
  const columns: Record<string, SQL> = {
    value: sql`${teams.id}::text`,
    $ref: referenceTo(`${baseUrl}/Groups/`, teams.id),
    display: sql`${teams.nameKey}`,
    type: sql`'direct'::text`,
  };
  return {
    exists: (condition = sql`true`) => sql`exists (select 1 from ${teamMembers}
      join ${teams} on ${teams.id} = ${teamMembers.teamId}
      where ${teamMembers.userId} = ${users.id} and ${condition})`,
    element: (sub) => ({
      attribute: sub,
      expression: columns[sub.name] ?? sql`null::text`,
      ...(sub.name === "value" ? { equals: byNumber(teams.id as AnyColumn).equals } : {}),
    }),
  };
}

function schemas(attribute: Attribute): Many {
  return textList(
    attribute,
    sql`case when ${key} -> ${enterpriseSchema.id}::text is null then array[${userSchema.id}::text]
      else array[${userSchema.id}::text, ${enterpriseSchema.id}::text] end`,
  );
}

function contains(document: unknown): SQL {
  return sql`${key} @> ${JSON.stringify(document)}::jsonb`;
}

function pathOf({ attribute, sub, extension }: AttributePath): string[] {
  return [...(extension ? [extension.id] : []), attribute.name, ...(sub ? [sub.name] : [])];
}

function nested(segments: string[], value: unknown): unknown {
  return segments.reduceRight((inner, segment) => ({ [segment]: inner }), value);
}
