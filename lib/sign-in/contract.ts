import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import { timestamp } from "@/lib/http/shapes";
import { nameOf } from "@/lib/users/name";

export const minPasswordLength = 12;
export const maxPasswordLength = 128;

/** A person's e-mail, the way it is kept: trimmed and lower-cased. */
export const email = z
  .string({
    error: (issue) => (issue.input === undefined ? "Enter an e-mail address." : "The e-mail must be text."),
  })
  .trim()
  .toLowerCase()
  .min(1, "Enter an e-mail address.")
  .max(254, "Use at most 254 characters.")
  .pipe(z.email("Enter an e-mail address like name@example.com."))
  .refine((address) => !address.endsWith("@service"), "Only service accounts end in @service.")
  .meta({ format: "email", maxLength: 254 });

/** A password to be set: its length is the only rule. */
export const newPassword = z
  .string({
    error: (issue) => (issue.input === undefined ? "Enter a password." : "The password must be text."),
  })
  .min(minPasswordLength, `Use at least ${minPasswordLength} characters.`)
  .max(maxPasswordLength, `Use at most ${maxPasswordLength} characters.`);

const code = z
  .string("The code is missing.")
  .trim()
  .min(1, "The code is missing.")
  .max(200, "This is not a code.");

/** The set-up form. */
export const firstAdministrator = z.object({
  code,
  name: nameOf("administrator"),
  email,
  password: newPassword,
});

/** The sign-in form. Any text will do: what is wrong with it is nobody's business. */
export const credentials = z.object({
  email: z
    .string("Enter your e-mail.")
    .trim()
    .min(1, "Enter your e-mail.")
    .max(254, "Use at most 254 characters."),
  password: z
    .string("Enter your password.")
    .min(1, "Enter your password.")
    .max(1024, "Use at most 1024 characters."),
});

export const passwordChange = z.object({
  current_password: z
    .string("Enter your current password.")
    .min(1, "Enter your current password.")
    .max(1024, "Use at most 1024 characters."),
  new_password: newPassword,
});

/** The page behind a one-time link. */
export const passwordByLink = z.object({ code, password: newPassword });

/** A one-time link to set a password; shown once, like a token. */
export const passwordLink = z.object({ url: z.string(), expires_at: timestamp }).meta({ id: "PasswordLink" });
export type PasswordLink = z.infer<typeof passwordLink>;

const signedIn = z.object({ id: z.int(), name: z.string(), email: z.string() }).meta({ id: "SignedIn" });

export const setUp = endpoint({
  id: "setUp",
  method: "POST",
  path: "/api/setup",
  tag: "Sign-in",
  summary: "Create the first administrator",
  description: "Takes the one-time code from the server's log. Gone (409) once an administrator exists.",
  access: "public",
  body: firstAdministrator,
  answer: signedIn,
  status: 201,
  refusals: [409, 410],
});

export const signIn = endpoint({
  id: "signIn",
  method: "POST",
  path: "/api/session",
  tag: "Sign-in",
  summary: "Sign in with e-mail and password",
  description:
    "Sets the session cookie. One message for every failure; 429 with `Retry-After` after too many.",
  access: "public",
  body: credentials,
  answer: signedIn,
  refusals: [401, 429],
});

export const signOut = endpoint({
  id: "signOut",
  method: "DELETE",
  path: "/api/session",
  tag: "Sign-in",
  summary: "Sign out",
  access: "principal",
});

export const signOutEverywhere = endpoint({
  id: "signOutEverywhere",
  method: "DELETE",
  path: "/api/sessions",
  tag: "Sign-in",
  summary: "End all of your sessions",
  access: "principal",
});

export const changePassword = endpoint({
  id: "changePassword",
  method: "PUT",
  path: "/api/users/me/password",
  tag: "Sign-in",
  summary: "Change your password",
  description: "By session only. Your other sessions end.",
  access: "principal",
  body: passwordChange,
  refusals: [429],
});

export const setPasswordByLink = endpoint({
  id: "setPasswordByLink",
  method: "POST",
  path: "/api/password",
  tag: "Sign-in",
  summary: "Set a password through a one-time link",
  description: "All of the account's sessions end; the link is used up.",
  access: "public",
  body: passwordByLink,
  answer: signedIn,
  refusals: [410],
});
