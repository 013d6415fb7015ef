import type { TokensKind } from "@/components/tokens/tokens-view";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

interface NoTokensProps {
  kind: TokensKind;
  /** Whether one may make service users and their tokens. */
  canManage: boolean;
}

/** Says what tokens of a kind are good for, where there are none yet. */
export function NoTokens({ kind, canManage }: NoTokensProps) {
  const service = canManage && kind !== "personal";
  const personal = kind !== "service";

  return (
    <EmptyState
      title="No tokens yet"
      action={
        service && <ButtonLink href="/settings/security/users?add=service-user">Add service user</ButtonLink>
      }
    >
      {service && (
        <p>
          A Service token lets a pipeline, a directory or another system call the API as a service user. The
          first one is made together with the service user.
        </p>
      )}
      {personal && (
        <p className="not-first:mt-2">
          A Personal token lets your own scripts call the API with what your role allows. For anything that
          must go on without you, use a Service token of a service user.
        </p>
      )}
    </EmptyState>
  );
}
