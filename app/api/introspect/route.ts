import { route } from "@/lib/http/route";
import { introspect } from "@/lib/introspection/contract";
import { introspectToken } from "@/lib/introspection/introspect-token";

export const POST = route(introspect, ({ principal, body }) => introspectToken(principal, body.token));
