import { attribute, type ResourceType, type Schema } from "@/lib/scim/protocol/attributes";

/** RFC 7643 §4.2. */
export const groupSchema: Schema = {
  id: "urn:ietf:params:scim:schemas:core:2.0:Group",
  name: "Group",
  description: "A team.",
  attributes: [
    attribute("displayName", "The name of the team.", { required: true, uniqueness: "server" }),
    attribute("members", "The people in it. Who isn't known here is left out.", {
      type: "complex",
      multiValued: true,
      subAttributes: [
        attribute("value", "The id of the person.", { caseExact: true, mutability: "immutable" }),
        attribute("$ref", "The address of the person.", {
          type: "reference",
          caseExact: true,
          mutability: "immutable",
          referenceTypes: ["User"],
        }),
        attribute("type", "The kind of member.", {
          mutability: "immutable",
          canonicalValues: ["User"],
        }),
      ],
    }),
  ],
};

export const groupType: ResourceType = {
  name: "Group",
  endpoint: "/Groups",
  description: "Teams. `Public`, which holds everybody, is none of them.",
  schema: groupSchema,
  extensions: [],
};
