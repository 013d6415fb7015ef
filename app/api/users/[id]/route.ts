import { route } from "@/lib/http/route";
import {
  deleteUser as deleteUserEndpoint,
  readUser,
  updateUser as updateUserEndpoint,
} from "@/lib/users/contract";
import { deleteUser } from "@/lib/users/delete-user";
import { findUser } from "@/lib/users/find-user";
import { updateUser } from "@/lib/users/update-user";

export const GET = route(readUser, ({ principal, params }) => findUser(principal, params.id));

export const PATCH = route(updateUserEndpoint, ({ principal, params, body, headers }) =>
  updateUser(principal, params.id, body, headers.get("if-match")),
);

export const DELETE = route(deleteUserEndpoint, ({ principal, params, headers }) =>
  deleteUser(principal, params.id, headers.get("if-match")),
);
