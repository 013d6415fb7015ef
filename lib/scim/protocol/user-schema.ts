import { attribute, type ResourceType, type Schema, valuesOf } from "@/lib/scim/protocol/attributes";

/** RFC 7643 §4.1. */
export const userSchema: Schema = {
  id: "urn:ietf:params:scim:schemas:core:2.0:User",
  name: "User",
  description: "A person.",
  attributes: [
    attribute(
      "userName",
      "What the person is known by here; nothing but a service account ends in @service.",
      {
        required: true,
        uniqueness: "server",
      },
    ),
    attribute("name", "The parts of the person's name.", {
      type: "complex",
      subAttributes: [
        attribute("formatted", "The whole name, as it is shown."),
        attribute("familyName", "The family name."),
        attribute("givenName", "The given name."),
        attribute("middleName", "Further given names."),
        attribute("honorificPrefix", "A title before the name."),
        attribute("honorificSuffix", "What follows the name."),
      ],
    }),
    attribute("displayName", "The name that is shown."),
    attribute("nickName", "What friends say."),
    attribute("profileUrl", "A page about the person.", {
      type: "reference",
      caseExact: true,
      referenceTypes: ["external"],
    }),
    attribute("title", "The title in the organisation."),
    attribute("userType", "The relationship to the organisation."),
    attribute("preferredLanguage", "The languages preferred, as in Accept-Language."),
    attribute("locale", "For dates and numbers, as en-US."),
    attribute("timezone", "As Europe/Paris."),
    attribute(
      "active",
      "Whether the person may use Latchkey; false ends sessions and stops tokens at once.",
      {
        type: "boolean",
      },
    ),
    attribute("password", "Accepted, kept nowhere: people don't sign in with it.", {
      mutability: "writeOnly",
      returned: "never",
    }),
    valuesOf("emails", "E-mail addresses.", { types: ["work", "home", "other"] }),
    valuesOf("phoneNumbers", "Telephone numbers.", {
      types: ["work", "home", "mobile", "fax", "pager", "other"],
    }),
    valuesOf("ims", "Addresses for messages.", {
      types: ["aim", "gtalk", "icq", "xmpp", "msn", "skype", "qq", "yahoo"],
    }),
    valuesOf("photos", "Pictures.", {
      types: ["photo", "thumbnail"],
      value: { type: "reference", caseExact: true, referenceTypes: ["external"] },
    }),
    attribute("addresses", "Postal addresses.", {
      type: "complex",
      multiValued: true,
      subAttributes: [
        attribute("formatted", "The whole address, as it is shown."),
        attribute("streetAddress", "Street and number."),
        attribute("locality", "The town."),
        attribute("region", "The state or region."),
        attribute("postalCode", "The postal code."),
        attribute("country", "The country."),
        attribute("type", "What it is for.", { canonicalValues: ["work", "home", "other"] }),
        attribute("primary", "Whether it is the preferred one; at most one is.", { type: "boolean" }),
      ],
    }),
    attribute("groups", "The teams the person is in. Changed at the groups.", {
      type: "complex",
      multiValued: true,
      mutability: "readOnly",
      subAttributes: [
        attribute("value", "The id of the group.", { caseExact: true, mutability: "readOnly" }),
        attribute("$ref", "The address of the group.", {
          type: "reference",
          caseExact: true,
          mutability: "readOnly",
          referenceTypes: ["Group"],
        }),
        attribute("display", "The name of the group.", { mutability: "readOnly" }),
        attribute("type", "How the membership came about.", {
          mutability: "readOnly",
          canonicalValues: ["direct"],
        }),
      ],
    }),
    valuesOf("entitlements", "Things the person has a right to."),
    valuesOf(
      "roles",
      "Roles. Admin, Manager, Editor and Member are Latchkey's; others are kept and mean nothing here.",
    ),
    valuesOf("x509Certificates", "Certificates.", { value: { type: "binary", caseExact: true } }),
  ],
};

/** RFC 7643 §4.3. */
export const enterpriseSchema: Schema = {
  id: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
  name: "EnterpriseUser",
  description: "A person in an organisation.",
  attributes: [
    attribute("employeeNumber", "The number in the organisation."),
    attribute("costCenter", "The cost center."),
    attribute("organization", "The organisation."),
    attribute("division", "The division."),
    attribute("department", "The department."),
    attribute("manager", "Whom the person reports to.", {
      type: "complex",
      subAttributes: [
        attribute("value", "The id of the manager.", { caseExact: true }),
        attribute("$ref", "The address of the manager.", {
          type: "reference",
          caseExact: true,
          referenceTypes: ["User"],
        }),
        attribute("displayName", "The manager's name.", { mutability: "readOnly" }),
      ],
    }),
  ],
};

export const userType: ResourceType = {
  name: "User",
  endpoint: "/Users",
  description: "People.",
  schema: userSchema,
  extensions: [enterpriseSchema],
};
