"use client";

import { type RefObject, useState } from "react";

/**
 * Remembers what opened a dialog, so that focus goes back there. Where that goes away, as the menu of a deleted row, it
 * is the same button of the next row, else `fallback`.
 */
export function useOpener(fallback: RefObject<HTMLElement | null>) {
  const [opener] = useState(() => new Opener(fallback));
  return opener;
}

class Opener implements RefObject<HTMLElement | null> {
  private candidates: HTMLElement[] = [];

  constructor(private readonly fallback: RefObject<HTMLElement | null>) {}

  get current(): HTMLElement | null {
    return this.candidates.find(({ isConnected }) => isConnected) ?? this.fallback.current;
  }

  /** What was done takes the opener's row away: it may still be there when the dialog closes, but not for long. */
  leave(): void {
    this.candidates.shift();
  }

  remember(button: HTMLElement | null): void {
    const row = button?.closest("tr");
    const neighbours = [row?.nextElementSibling, row?.previousElementSibling].map(
      (neighbour) => [...(neighbour?.querySelectorAll("button") ?? [])].at(-1) ?? null,
    );
    this.candidates = button ? [button, ...neighbours.filter((neighbour) => neighbour !== null)] : [];
  }
}
