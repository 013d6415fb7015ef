import { route } from "@/lib/http/route";
import { createUser, listUsers } from "@/lib/users/contract";
import { createPerson } from "@/lib/users/create-person";
import { createServiceAccount } from "@/lib/users/create-service-account";
import { findUsers } from "@/lib/users/find-users";

export const GET = route(listUsers, ({ principal, query }) => findUsers(principal, query));

export const POST = route(createUser, ({ principal, body }) =>
  body.user_type === "Service" ? createServiceAccount(principal, body) : createPerson(principal, body),
);
