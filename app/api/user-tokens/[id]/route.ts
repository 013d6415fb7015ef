import { route } from "@/lib/http/route";
import { changeToken } from "@/lib/tokens/change-token";
import {
  changeToken as changeTokenEndpoint,
  deleteToken as deleteTokenEndpoint,
  readToken,
} from "@/lib/tokens/contract";
import { deleteToken } from "@/lib/tokens/delete-token";
import { findToken } from "@/lib/tokens/find-tokens";

export const GET = route(readToken, ({ principal, params }) => findToken(principal, params.id));

export const PUT = route(changeTokenEndpoint, ({ principal, params, body }) =>
  changeToken(principal, params.id, body),
);

export const DELETE = route(deleteTokenEndpoint, ({ principal, params }) =>
  deleteToken(principal, params.id),
);
