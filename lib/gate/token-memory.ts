import { LRUCache } from "lru-cache";
import type { ChangedThing } from "@/lib/gate/announce";
import { type KnownAccount, readAccount } from "@/lib/gate/known-account";
import type { KnownToken } from "@/lib/gate/known-token";

export interface MemoryLimits {
  /** Tokens that exist. */
  known: number;
  /** Strings of the right form that don't: few and brief, apart from the others, so that guessing evicts nobody. */
  unknown: number;
}

export const usualLimits: MemoryLimits = { known: 200_000, unknown: 10_000 };

/** How long the gate remembers that a token doesn't exist. */
const unknownForMs = 5_000;

/** An account as it was last read, and which of its tokens are held. */
interface Holder {
  account: KnownAccount;
  tokenIds: Set<number>;
}

/** The gate's bounded memory of tokens, and the indexes by which an announcement finds what it is about. */
export class TokenMemory {
  private readonly known: LRUCache<string, KnownToken>;
  private readonly unknown: LRUCache<string, number>;
  private readonly keyByToken = new Map<number, string>();
  private readonly holders = new Map<number, Holder>();
  private changes = 0;

  constructor(
    limits: MemoryLimits,
    private readonly clock: () => number,
  ) {
    this.known = new LRUCache({ max: limits.known, dispose: (token) => this.unindex(token) });
    this.unknown = new LRUCache({ max: limits.unknown });
  }

  get size(): number {
    return this.known.size;
  }

  /** How many announcements came so far; what was read before the last one is not to be remembered. */
  get version(): number {
    return this.changes;
  }

  find(key: string): KnownToken | undefined {
    return this.known.get(key);
  }

  isUnknown(key: string): boolean {
    const since = this.unknown.get(key);
    return since !== undefined && this.clock() - since < unknownForMs;
  }

  /** The account that `source` tells of: the one that its other tokens have, while it is the same. */
  accountOf(id: number, source: string): KnownAccount {
    const known = this.holders.get(id)?.account;
    return known?.source === source ? known : readAccount(id, source);
  }

  remember(key: string, token: KnownToken): void {
    const { tokenId, account } = token;
    this.known.set(key, token);
    this.keyByToken.set(tokenId, key);
    const holder = this.holders.get(account.id);
    if (holder) {
      holder.account = account;
      holder.tokenIds.add(tokenId);
    } else this.holders.set(account.id, { account, tokenIds: new Set([tokenId]) });
  }

  rememberUnknown(key: string): void {
    this.unknown.set(key, this.clock());
  }

  /** Forgets what an announcement puts in doubt. */
  forget(thing: ChangedThing, id: number): void {
    this.changes++;
    if (thing === "token") {
      this.forgetToken(id);
      // It may be new: made elsewhere, and tried before it was ours.
      this.unknown.clear();
    } else if (thing === "user")
      for (const tokenId of [...(this.holders.get(id)?.tokenIds ?? [])]) this.forgetToken(tokenId);
    else
      for (const token of [...this.known.values()])
        if (token.account.teamIds.includes(id)) this.forgetToken(token.tokenId);
  }

  /** Announcements may have been missed. What exists is kept, with the time of its reading, for want of better. */
  doubt(): void {
    this.changes++;
    this.unknown.clear();
  }

  private forgetToken(tokenId: number): void {
    const key = this.keyByToken.get(tokenId);
    if (key !== undefined) this.known.delete(key);
  }

  private unindex({ tokenId, account }: KnownToken): void {
    this.keyByToken.delete(tokenId);
    const holder = this.holders.get(account.id);
    holder?.tokenIds.delete(tokenId);
    if (holder?.tokenIds.size === 0) this.holders.delete(account.id);
  }
}
