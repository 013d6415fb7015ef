import { route } from "@/lib/http/route";
import { readCurrentUser } from "@/lib/users/contract";
import { findCurrentUser } from "@/lib/users/find-user";

export const GET = route(readCurrentUser, ({ principal }) => findCurrentUser(principal));
