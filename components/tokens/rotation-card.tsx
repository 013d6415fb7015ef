"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck, Clock, TriangleAlert } from "lucide-react";
import { agoText, callerText } from "@/components/token-usage/caller-text";
import { laggingCallers, verdictOn } from "@/components/tokens/rotation-verdict";
import type { TokenDialog } from "@/components/tokens/use-token-dialog";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { ExpiryDate, RelativeTime, useNow } from "@/components/ui/relative-time";
import { tokenUsageQuery } from "@/lib/token-usage/hooks";
import type { Token } from "@/lib/tokens/contract";

/** A rotation in its overlap. */
export interface Pair {
  old: Token;
  successor: Token;
  endsAt: string;
}

interface RotationCardProps extends Pair {
  onShow: TokenDialog["show"];
}

/** Old and new side by side, each with its last call, and whether the old one may go. */
export function RotationCard({ old, successor, endsAt, onShow }: RotationCardProps) {
  return (
    <article
      aria-label={`Rotation of ${old.name}`}
      className="rounded-table border border-line bg-surface px-4 py-3"
    >
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h3 className="font-semibold">
          {old.name} <span className="font-normal text-ink2">of {old.user.name}</span>
        </h3>
        <p className="text-ink2">
          Old one ends <ExpiryDate at={endsAt} />
        </p>
      </div>
      <div className="mt-3 grid grid-cols-2 gap-4 max-md:grid-cols-1">
        <Side which="Old" token={old} />
        <Side which="New" token={successor} />
      </div>
      <div className="mt-3 flex items-center justify-between gap-3 border-line border-t pt-3 max-md:flex-col max-md:items-stretch">
        <Verdict old={old} successor={successor} />
        <Button className="shrink-0" onClick={() => onShow({ act: "revoke", token: old.id })}>
          Retire old now<span className="sr-only">: {old.name}</span>
        </Button>
      </div>
    </article>
  );
}

function Side({ which, token }: { which: "Old" | "New"; token: Token }) {
  return (
    <div className="min-w-0">
      <p className="text-help text-ink3">{which}</p>
      <p className="font-medium wrap-anywhere">
        {token.name} <span className="font-mono font-normal text-ink3 text-mono">{token.hint}</span>
      </p>
      <p className="text-ink2">
        {token.last_used_at ? (
          <>
            Last call <RelativeTime at={token.last_used_at} />{" "}
            <span className="wrap-anywhere">
              by {callerText(token.last_used_ip, token.last_used_user_agent)}
            </span>
          </>
        ) : (
          "No call yet"
        )}
      </p>
    </div>
  );
}

/** Whether the old one is still called, and by whom that hasn't come with the new one. */
function Verdict({ old, successor }: Pick<Pair, "old" | "successor">) {
  const now = useNow();
  const [olds, news] = [useQuery(tokenUsageQuery(old.id)), useQuery(tokenUsageQuery(successor.id))];
  if (!now) return <p className="min-h-5" />;

  const { tone, text } = verdictOn(old, now);
  const Icon = { quiet: CircleCheck, called: TriangleAlert, unused: Clock }[tone];
  const lagging = olds.data && news.data ? laggingCallers(olds.data.callers, news.data.callers) : undefined;

  return (
    <div className="min-w-0 flex-1">
      <p
        className={classNames(
          "flex items-start gap-1.5 font-medium",
          { quiet: "text-active", called: "text-expiring", unused: "text-ink2" }[tone],
        )}
      >
        <Icon className="mt-0.5" />
        {text}
      </p>
      {lagging && lagging.length > 0 && (
        <p className="mt-1 text-ink2 wrap-anywhere">
          Not seen with the new one:{" "}
          {lagging
            .slice(0, namedAtMost)
            .map(
              ({ ip, user_agent, last_seen_at }) =>
                `${callerText(ip, user_agent)} (${agoText(last_seen_at, now)})`,
            )
            .join(", ")}
          {lagging.length > namedAtMost && ` and ${lagging.length - namedAtMost} more`}
        </p>
      )}
      {lagging?.length === 0 && old.last_used_at && (
        <p className="mt-1 text-ink2">Every client of the old one has come with the new one.</p>
      )}
      {(olds.error ?? news.error) && <p className="mt-1 text-ink3">Which clients have moved: unavailable</p>}
    </div>
  );
}

const namedAtMost = 3;
