"use client";

import { useEffect, useRef } from "react";
import { RequestRefused } from "@/lib/http/client";
import { findAccountByUserId } from "@/lib/users/hooks";
import { serviceUserId } from "@/lib/users/name";

/**
 * Asks the server whether the ID that a name makes is free, so that a taken one is told before the last step. Answers
 * with the refusal that a creation would get, `null` when it is free, `undefined` when nobody waits for it any more.
 */
export function useIdCheck() {
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  return async (name: string): Promise<RequestRefused | null | undefined> => {
    const controller = new AbortController();
    running.current?.abort();
    running.current = controller;
    const userId = serviceUserId(name) ?? "";
    try {
      const taken = await findAccountByUserId(userId, controller.signal);
      if (!taken) return null;
      const message = `${userId} is taken by "${taken.name}" (${taken.id}). Choose another name.`;
      return new RequestRefused(
        409,
        "name_taken",
        message,
        [{ field: "name", message }],
        undefined,
        undefined,
      );
    } catch (error) {
      if (controller.signal.aborted) return undefined;
      throw error;
    }
  };
}
