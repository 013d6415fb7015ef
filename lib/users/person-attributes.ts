import type { Document } from "@/lib/scim/protocol/document";
import { foldDocument } from "@/lib/scim/protocol/fold";
import { userType } from "@/lib/scim/protocol/user-schema";

/** What SCIM shows of a person who was made here, beside the columns. */
export function attributesOfPerson({ name, email }: { name: string; email: string | null }): {
  attributes: Document;
  attributesKey: Document;
} {
  return withKey({
    ...namesOf(name),
    ...(email === null ? {} : { emails: [{ value: email, type: "work", primary: true }] }),
  });
}

/** The name whole, which RFC 7643 §4.1.1 allows: nobody has said which part of it is the family's, and guesses go wrong. */
function namesOf(name: string): Document {
  return { displayName: name, name: { formatted: name } };
}

/** A person's attributes with what comparisons look at: the two columns that are always written together. */
export function withKey(attributes: Document): { attributes: Document; attributesKey: Document } {
  return { attributes, attributesKey: foldDocument(userType, attributes) };
}

/** The same after a person made here was given another name here. */
export function renamed(before: { attributes: Record<string, unknown> | null }, name: string) {
  return withKey({ ...(before.attributes as Document | null), ...namesOf(name) });
}
