import type { TokenView } from "@/components/tokens/tokens-search";
import { Button, ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

interface TokensEmptyProps {
  view: TokenView;
  /** The text searched for; undefined when the list isn't narrowed. */
  search: string | undefined;
  onClear: () => void;
}

/** Stands where tokens would be: there are none, or none that match. */
export function TokensEmpty({ view, search, onClear }: TokensEmptyProps) {
  if (search !== undefined)
    return (
      <EmptyState
        title={search ? `No tokens match '${search}'` : "No tokens match"}
        action={<Button onClick={onClear}>Clear filters</Button>}
      />
    );

  if (view === "service")
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
