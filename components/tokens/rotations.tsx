"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type Pair, RotationCard } from "@/components/tokens/rotation-card";
import type { TokenDialog } from "@/components/tokens/use-token-dialog";
import { Button } from "@/components/ui/button";
import type { Token } from "@/lib/tokens/contract";
import { rotationsQuery, type TokensScope } from "@/lib/tokens/hooks";

interface RotationsProps {
  scope: TokensScope;
  onShow: TokenDialog["show"];
}

/** The rotations under way, each pair as one card; nothing where there are none. */
export function Rotations({ scope, onShow }: RotationsProps) {
  const { data } = useQuery(rotationsQuery(scope));
  const [all, setAll] = useState(false);
  const pairs = pairsOf(data?.items ?? []);
  if (pairs.length === 0) return null;

  return (
    <section aria-label="Rotations under way" className="flex flex-col gap-2">
      <h2 className="text-section">
        {pairs.length === 1 ? "1 rotation under way" : `${pairs.length} rotations under way`}
      </h2>
      {pairs.slice(0, all ? undefined : shownAtFirst).map((pair) => (
        <RotationCard key={pair.old.id} {...pair} onShow={onShow} />
      ))}
      {pairs.length > shownAtFirst && (
        <Button variant="ghost" className="self-start" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? "Show fewer" : `Show all ${pairs.length}`}
        </Button>
      )}
    </section>
  );
}

const shownAtFirst = 2;

/** Old tokens that still work, with their successors; what ends first comes first. */
function pairsOf(tokens: readonly Token[]): Pair[] {
  const successorOf = new Map(tokens.map((token) => [token.replaces?.id, token]));
  return tokens
    .flatMap((old) => {
      const successor = successorOf.get(old.id);
      return old.retires_at && old.active && successor ? [{ old, successor, endsAt: old.retires_at }] : [];
    })
    .sort((one, other) => one.endsAt.localeCompare(other.endsAt));
}
