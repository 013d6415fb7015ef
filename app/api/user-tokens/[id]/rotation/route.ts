import { route } from "@/lib/http/route";
import { rotateToken as rotateTokenEndpoint } from "@/lib/tokens/contract";
import { rotateToken } from "@/lib/tokens/rotate-token";

export const POST = route(rotateTokenEndpoint, ({ principal, params, body }) =>
  rotateToken(principal, params.id, body),
);
