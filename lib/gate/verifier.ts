import type { ChangeFeed } from "@/lib/gate/change-feed";
import { type KnownToken, type Verdict, verdictAt } from "@/lib/gate/known-token";
import type { TokenMemory } from "@/lib/gate/token-memory";
import { hashKey, tokenKind } from "@/lib/tokens/format";

/** Why a token is not good; `unavailable` when nobody can say. */
type Refusal = Exclude<Verdict, "good"> | "malformed" | "unknown" | "unavailable";

export type Verification = { verdict: "good"; token: KnownToken } | { verdict: Refusal; token?: KnownToken };

export interface VerifierOptions {
  memory: TokenMemory;
  /** Reads tokens by their hashes, in one query; one for each, in their order. */
  load: (hashes: readonly Buffer[], at: number) => Promise<readonly (KnownToken | undefined)[]>;
  /** What memory may be believed on (ChangeFeed). */
  feed: Pick<ChangeFeed, "isProven" | "vouchesFor" | "provenUntil">;
  /** How long what was once proven is served while neither feed nor database answers. */
  staleMs: number;
  /** Tells how old a reading or a proof is; never goes back. */
  clock: () => number;
  /** The time of day, by which tokens expire. */
  now: () => number;
  onLoadError: (error: unknown) => void;
}

/**
 * Queries under way at once, and tokens in one of them: a flood of strangers costs no more than this. Who comes while
 * all are under way goes along with the next.
 */
const maxQueries = 2;
const maxBatch = 500;
/** More strangers than this at once are turned away unasked. */
const maxWaiting = 20_000;
/** After a failed question the database is left alone for this long, so that an outage costs nobody a time-out each. */
const quietAfterFailureMs = 250;

/** A question about one token, for all who ask the same. */
interface Question {
  key: string;
  answer: Promise<Verification>;
  settle: (verification: Verification) => void;
  /** What had been announced (TokenMemory.version) when its reading began; undefined while it waits. */
  readAt?: number;
}

/**
 * Says of any string whether it is a good token now: from memory while that is proven, else from the database, else,
 * for a while, by what was last proven. Never "good" for longer than `staleMs` without proof.
 */
export class Verifier {
  private readonly waiting: Question[] = [];
  private readonly asked = new Map<string, Question>();
  private running = 0;
  private gathering = false;
  private failedAt = Number.NEGATIVE_INFINITY;
  /** For metrics. */
  readonly counts = { memory: 0, loaded: 0, queries: 0, stale: 0, turnedAway: 0 };

  constructor(private readonly options: VerifierOptions) {}

  /** Answers at once where memory can; the promise is for what must be asked. */
  verify(text: string): Verification | Promise<Verification> {
    if (!tokenKind(text)) return { verdict: "malformed" };
    const { memory, feed } = this.options;
    const key = hashKey(text);
    const token = memory.find(key);
    if (token && feed.vouchesFor(token.loadedAt)) {
      this.counts.memory++;
      return this.judge(token);
    }
    if (!token && memory.isUnknown(key) && feed.isProven()) return { verdict: "unknown" };
    return this.ask(key);
  }

  /** Many askers for one token are one question; not with one that is being read since before the last change. */
  private ask(key: string): Promise<Verification> {
    const underWay = this.asked.get(key);
    const version = this.options.memory.version;
    if (underWay && (underWay.readAt ?? version) === version) return underWay.answer;
    if (this.options.clock() - this.failedAt < quietAfterFailureMs)
      return Promise.resolve(this.byLastProof(key));
    if (this.waiting.length >= maxWaiting) {
      this.counts.turnedAway++;
      return Promise.resolve({ verdict: "unavailable" });
    }
    let settle: Question["settle"] = () => {};
    const answer = new Promise<Verification>((resolve) => {
      settle = resolve;
    });
    const question = { key, answer, settle };
    this.waiting.push(question);
    this.asked.set(key, question);
    this.gather();
    return answer;
  }

  /** Whoever comes in the same turn of the event loop goes along in the same question. */
  private gather(): void {
    if (this.gathering) return;
    this.gathering = true;
    setImmediate(() => {
      this.gathering = false;
      this.next();
    });
  }

  private next(): void {
    while (this.running < maxQueries && this.waiting.length > 0) {
      this.running++;
      const batch = this.waiting.splice(0, maxBatch);
      void this.load(batch).finally(() => {
        this.running--;
        this.next();
      });
    }
  }

  private async load(batch: Question[]): Promise<void> {
    const { memory, load, clock, onLoadError } = this.options;
    const version = memory.version;
    this.counts.queries++;
    for (const question of batch) question.readAt = version;
    try {
      const found = await load(
        batch.map(({ key }) => Buffer.from(key, "latin1")),
        clock(),
      );
      this.counts.loaded += batch.length;
      // A change announced meanwhile may be of these very rows, read before it: good for this answer, not for memory.
      const isCurrent = memory.version === version;
      for (const [place, question] of batch.entries()) {
        const { key, settle } = question;
        const token = found[place];
        this.close(question);
        if (isCurrent) token ? memory.remember(key, token) : memory.rememberUnknown(key);
        settle(token ? this.judge(token) : { verdict: "unknown" });
      }
    } catch (error) {
      this.failedAt = clock();
      onLoadError(error);
      for (const question of batch) {
        this.close(question);
        question.settle(this.byLastProof(question.key));
      }
    }
  }

  /** Unless another has been asked since, about the same token. */
  private close(question: Question): void {
    if (this.asked.get(question.key) === question) this.asked.delete(question.key);
  }

  /** Neither feed nor database: what was proven not too long ago still counts. */
  private byLastProof(key: string): Verification {
    const { memory, feed, staleMs, clock } = this.options;
    const token = memory.find(key);
    if (!token) return { verdict: "unavailable" };
    if (clock() - feed.provenUntil(token.loadedAt) > staleMs) return { verdict: "unavailable" };
    this.counts.stale++;
    return this.judge(token);
  }

  private judge(token: KnownToken): Verification {
    return { verdict: verdictAt(token, this.options.now()), token } as Verification;
  }
}
