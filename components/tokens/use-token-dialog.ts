"use client";

import { createParser, parseAsBoolean, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useState } from "react";

/** What can be done with one token. */
const acts = ["rotate", "rename", "revoke", "delete"] as const;

/** A dialog about tokens: a new one (of an account, or like another one), or what is to be done with one. */
export type OpenTokenDialog =
  | { act: "generate"; owner?: number | undefined; like?: number | undefined; scim?: boolean }
  | { act: (typeof acts)[number]; token: number };

/** Which dialog is open, and how to change that. */
export interface TokenDialog {
  open: OpenTokenDialog | null;
  show: (dialog: OpenTokenDialog) => void;
  /** Keeps it open, whatever happens to the address: it has begun to create. */
  hold: () => void;
  /** The address decides again. Should Back have been pressed meanwhile, it names the dialog anew. */
  release: () => void;
  /** Takes a held one out of the address, so that neither reload nor Forward opens it again. */
  settle: () => Promise<unknown>;
  close: () => void;
}

const parseAsId = createParser({
  parse: (text) => (/^[1-9]\d{0,14}$/.test(text) ? Number(text) : null),
  serialize: String,
});

const parsers = {
  add: parseAsStringLiteral(["token"]),
  owner: parseAsId,
  like: parseAsId,
  scim: parseAsBoolean,
  rotate: parseAsId,
  rename: parseAsId,
  revoke: parseAsId,
  delete: parseAsId,
};

const nothing = {
  add: null,
  owner: null,
  like: null,
  scim: null,
  rotate: null,
  rename: null,
  revoke: null,
  delete: null,
};

/**
 * The address says it (`?add=token&owner=42`, `?add=token&scim=true`, `?rotate=456`): opening a dialog is a step in the
 * history, so that Back closes it, and a link can lead to one.
 */
export function useTokenDialog(): TokenDialog {
  const [asked, setAsked] = useQueryStates(parsers);
  const [held, setHeld] = useState<OpenTokenDialog | null>(null);
  const open = held ?? read(asked);

  return {
    open,
    show: (dialog) => void setAsked({ ...nothing, ...written(dialog) }, { history: "push" }),
    hold: () => setHeld(open),
    release: () => {
      setHeld(null);
      if (open) void setAsked({ ...nothing, ...written(open) }, { history: "replace" });
    },
    settle: () => setAsked(nothing, { history: "replace" }),
    close: () => {
      setHeld(null);
      void setAsked(nothing, { history: "replace" });
    },
  };
}

function read({
  add,
  owner,
  like,
  scim,
  ...asked
}: Record<keyof typeof parsers, unknown>): OpenTokenDialog | null {
  if (add) return { act: "generate", owner: idOf(owner), like: idOf(like), scim: scim === true };
  for (const act of acts) {
    const token = idOf(asked[act]);
    if (token !== undefined) return { act, token };
  }
  return null;
}

function idOf(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

function written(dialog: OpenTokenDialog) {
  if (dialog.act === "generate")
    return {
      add: "token" as const,
      owner: dialog.owner ?? null,
      like: dialog.like ?? null,
      scim: dialog.scim || null,
    };
  return { [dialog.act]: dialog.token };
}
