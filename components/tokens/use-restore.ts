"use client";

import { useState } from "react";
import { useAnnounce } from "@/components/ui/announcer";
import { useToast } from "@/components/ui/toaster";
import { NoAnswer } from "@/lib/http/client";
import type { Token } from "@/lib/tokens/contract";
import { useChangeToken } from "@/lib/tokens/hooks";

/**
 * Restores revoked tokens, without a question: it can be undone. The row says "Restoring…" until the server has, and
 * why it hasn't.
 */
export function useRestore() {
  const changeToken = useChangeToken();
  const announce = useAnnounce();
  const toast = useToast();
  const [pending, setPending] = useState<ReadonlySet<number>>(new Set());
  const [faults, setFaults] = useState<ReadonlyMap<number, string>>(new Map());

  const restore = async ({ id, name }: Pick<Token, "id" | "name">) => {
    if (pending.has(id)) return;
    setPending((before) => new Set(before).add(id));
    setFaults((before) => new Map([...before].filter(([other]) => other !== id)));
    announce(`Restoring ${name}…`);
    try {
      await changeToken.mutateAsync({ id, revoke: false });
      toast({ text: `${name} is restored` });
    } catch (error) {
      const why = error instanceof Error ? error.message : "It could not be restored.";
      // The request may have arrived all the same.
      const unknown = error instanceof NoAnswer;
      setFaults((before) =>
        new Map(before).set(
          id,
          `${unknown ? "It isn't known whether it was restored." : "Not restored."} ${why}`,
        ),
      );
      toast({
        text: `${unknown ? `It isn't known whether ${name} was restored.` : `${name} was not restored.`} ${why}`,
      });
    } finally {
      setPending((before) => new Set([...before].filter((other) => other !== id)));
    }
  };

  return { pending, faults, restore };
}

export type Restoring = ReturnType<typeof useRestore>;
