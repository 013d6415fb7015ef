import type { TokensKind } from "@/components/tokens/tokens-view";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** Says what tokens of a kind are good for, where there are none yet. */
export function NoTokens({ kind }: { kind: TokensKind }) {
  if (kind === "service")
    return (
      <EmptyState
        title="No tokens yet"
        action={<ButtonLink href="/settings/security/users?add=service-user">Add service user</ButtonLink>}
      >
        A Service token lets a pipeline, a directory or another system call the API as a service user. The
        first one is made together with the service user.
      </EmptyState>
    );

  return (
    <EmptyState title="No tokens yet">
      A Personal token lets your own scripts call the API with what your role allows. For anything that must
      go on without you, use a Service token of a service user.
    </EmptyState>
  );
}
