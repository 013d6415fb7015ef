import { route } from "@/lib/http/route";
import { readUser } from "@/lib/users/contract";
import { findUser } from "@/lib/users/find-user";

export const GET = route(readUser, ({ principal, params }) => findUser(principal, params.id));
