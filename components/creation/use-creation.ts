"use client";

import { useEffect, useRef, useState } from "react";
import { useAnnounce } from "@/components/ui/announcer";
import { type CreationRequest, newIdempotencyKey } from "@/lib/http/retry";

/**
 * Creates something once, however often the button is pressed and however often the answer is lost: one request at a
 * time, and one Idempotency-Key for as long as the body stays the same. Says when it takes a while.
 */
export function useCreation<Body, Answer>(create: (request: CreationRequest<Body>) => Promise<Answer>) {
  const running = useRef<AbortController | null>(null);
  const claim = useRef<{ body: string; key: string } | null>(null);
  const [stage, setStage] = useState<"idle" | "creating" | "slow">("idle");
  const announce = useAnnounce();

  useEffect(() => () => running.current?.abort(), []);

  useEffect(() => {
    if (stage !== "creating") return;
    const creating = setTimeout(() => announce("Creating…"), announceAfterMs);
    const slow = setTimeout(() => {
      setStage("slow");
      announce("Still working…");
    }, slowAfterMs);
    return () => {
      clearTimeout(creating);
      clearTimeout(slow);
    };
  }, [stage, announce]);

  /**
   * @param settle what has to follow before anything else may be created
   * @returns the answer; `undefined` when one is under way already, or nobody waits for it any more
   * @throws what `create` throws
   */
  const run = async (body: Body, settle?: () => Promise<unknown>): Promise<Answer | undefined> => {
    if (running.current) return undefined;
    const controller = new AbortController();
    running.current = controller;
    setStage("creating");
    try {
      const answer = await create({ body, idempotencyKey: keyFor(body), signal: controller.signal });
      // With the key the answer could be had again.
      claim.current = null;
      await settle?.();
      return answer;
    } catch (error) {
      if (controller.signal.aborted) return undefined;
      throw error;
    } finally {
      running.current = null;
      setStage("idle");
    }
  };

  const keyFor = (body: Body): string => {
    const text = JSON.stringify(body);
    if (claim.current?.body !== text) claim.current = { body: text, key: newIdempotencyKey() };
    return claim.current.key;
  };

  return {
    run,
    pending: stage !== "idle",
    /** For the button. */
    pendingText: stage === "slow" ? "Still working…" : "Creating…",
  };
}

const announceAfterMs = 1_000;
const slowAfterMs = 4_000;
