import { type AttributePath, findPath, type WholeSchema } from "@/lib/scim/protocol/attribute-path";
import type { Attribute, ResourceType } from "@/lib/scim/protocol/attributes";
import { isObject } from "@/lib/scim/protocol/document";

type Resource = Record<string, unknown>;
type Selected = AttributePath | WholeSchema;

/**
 * Which attributes an answer carries (RFC 7644 §3.4.2.5, §3.9): those asked for, or all but those excluded. `id` and
 * `schemas` are always there. Names that the type doesn't have select nothing.
 */
export class Projection {
  private readonly included: Selected[] | undefined;
  private readonly excluded: Selected[];

  constructor(
    private readonly type: ResourceType,
    { attributes, excludedAttributes }: { attributes?: string[]; excludedAttributes?: string[] },
  ) {
    this.included = attributes && this.found(attributes);
    this.excluded = this.found(excludedAttributes ?? []);
  }

  /** Whether an attribute of the type's own schema will be looked at, so that it must be read. */
  wants(name: string): boolean {
    const names = (selected: Selected) => "attribute" in selected && selected.attribute.name === name;
    if (this.included) return this.included.some((selected) => names(selected) || isOwnSchema(selected));
    return !this.excluded.some((selected) => names(selected) && !("sub" in selected));
  }

  apply(resource: Resource): Resource {
    const kept = this.included ? this.pick(resource, this.included) : resource;
    const rest = this.excluded.reduce((before, selected) => drop(before, selected), kept);
    return rest === resource ? resource : withoutHollow(rest);
  }

  private found(names: readonly string[]): Selected[] {
    return names.map((name) => findPath(this.type, name)).filter((selected) => typeof selected === "object");
  }

  private pick(resource: Resource, included: readonly Selected[]): Resource {
    const picked: Resource = { schemas: resource.schemas, id: resource.id };
    for (const selected of included) {
      if ("wholeSchema" in selected) {
        const own = this.type.schema.attributes.map(({ name }) => name);
        for (const name of selected.extension ? [selected.extension.id] : own)
          if (name in resource) picked[name] = resource[name];
        continue;
      }
      const { attribute, sub, extension } = selected;
      const source = extension ? (resource[extension.id] as Resource | undefined) : resource;
      const value = source?.[attribute.name];
      if (value === undefined) continue;
      const target = extension ? withinExtension(picked, extension.id) : picked;
      target[attribute.name] = sub ? onlySub(value, sub, target[attribute.name]) : value;
    }
    return picked;
  }
}

/** What has lost all its parts is unassigned, and unassigned is absent (RFC 7643 §2.5). */
function withoutHollow(resource: Resource): Resource {
  return Object.fromEntries(
    Object.entries(resource).flatMap(([name, value]) => {
      const kept = Array.isArray(value) ? value.filter((element) => !isEmptyObject(element)) : value;
      const inner = isObject(kept) ? withoutHollow(kept) : kept;
      return isEmptyObject(inner) || (Array.isArray(inner) && inner.length === 0) ? [] : [[name, inner]];
    }),
  );
}

function isEmptyObject(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length === 0;
}

function isOwnSchema(selected: Selected): boolean {
  return "wholeSchema" in selected && selected.extension === undefined;
}

function withinExtension(picked: Resource, urn: string): Resource {
  const inner = { ...(picked[urn] as Resource | undefined) };
  picked[urn] = inner;
  return inner;
}

/** The one part of a complex value, beside those picked before. */
function onlySub(value: unknown, sub: Attribute, before: unknown): unknown {
  if (Array.isArray(value))
    return value.map((element: Resource, index) =>
      onlySub(element, sub, (before as Resource[] | undefined)?.[index]),
    );
  const held = value as Resource;
  return { ...(before as Resource | undefined), ...(sub.name in held ? { [sub.name]: held[sub.name] } : {}) };
}

function drop(resource: Resource, selected: Selected): Resource {
  if ("wholeSchema" in selected) {
    if (!selected.extension) return resource;
    const { [selected.extension.id]: _dropped, ...rest } = resource;
    return rest;
  }
  const { attribute, sub, extension } = selected;
  if (attribute.returned === "always") return resource;
  if (extension) {
    const inner = resource[extension.id] as Resource | undefined;
    return inner
      ? { ...resource, [extension.id]: drop(inner, { attribute, ...(sub && { sub }) }) }
      : resource;
  }
  const value = resource[attribute.name];
  if (value === undefined) return resource;
  if (sub) return { ...resource, [attribute.name]: withoutSub(value, sub) };
  const { [attribute.name]: _dropped, ...rest } = resource;
  return rest;
}

function withoutSub(value: unknown, sub: Attribute): unknown {
  if (Array.isArray(value)) return value.map((element) => withoutSub(element, sub));
  const { [sub.name]: _dropped, ...rest } = value as Resource;
  return rest;
}
