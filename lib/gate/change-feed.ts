import { Client } from "pg";
import { type ChangedThing, changesChannel, readAnnouncement } from "@/lib/gate/announce";

export interface ChangeFeedOptions {
  /** A direct connection: a pooler in transaction mode doesn't carry LISTEN. */
  url: string;
  /** Sends a message the way that changes are announced; it commits at once. */
  announce: (channel: string, payload: string) => Promise<unknown>;
  onChange: (thing: ChangedThing, id: number) => void;
  /** Announcements may have been missed: what was read before is in doubt. */
  onGap: () => void;
  onError: (error: Error) => void;
  /** How old a proof may be before it is none; 0 believes nothing but the database. */
  proofValidMs: number;
}

/** A proof may miss one heartbeat and the better part of the next before it is none. */
export const usualProofValidMs = 2_500;
const heartbeatsPerProof = 2.5;
const shortestHeartbeatMs = 100;
/** Eras that are told apart; what is older is worth its own reading and no more. */
const remembered = 20;
const connectTimeoutMs = 2_000;
const longestBackOffMs = 2_000;
const neverHeard =
  "nothing that is announced arrives: DATABASE_LISTEN_URL must lead straight to the same database as DATABASE_URL";

/** A time in which one connection listened, and until when it is known to have heard everything. */
interface Era {
  since: number;
  lastProof: number;
}

/**
 * Hears of every change through `LISTEN`. A message to ourselves goes the same road, about every second; while they come
 * back nothing was missed. A connection over which they don't, half-open or not, is a lost one. The first of each era goes
 * the way that changes are announced: an address that leads to another database would hear itself, and no change ever.
 */
export class ChangeFeed {
  private client: Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private listening = false;
  private era: Era = { since: Number.NEGATIVE_INFINITY, lastProof: Number.NEGATIVE_INFINITY };
  /** Those before, newest first. */
  private readonly past: Era[] = [];
  private readonly heartbeatPrefix = `heartbeat:${process.pid}.${Math.random().toString(36).slice(2)}:`;

  constructor(
    private readonly options: ChangeFeedOptions,
    private readonly clock: () => number,
  ) {}

  /** Whether everything announced is heard now. */
  isProven(): boolean {
    return this.listening && this.clock() - this.era.lastProof < this.options.proofValidMs;
  }

  /** Whether what was read at `moment`, and not announced as changed since, is still so. */
  vouchesFor(moment: number): boolean {
    return moment >= this.era.since && this.isProven();
  }

  /** Until when, at least, what was read at `moment` and not announced as changed since was so. */
  provenUntil(moment: number): number {
    const era = [this.era, ...this.past].find(({ since }) => since <= moment);
    return Math.max(moment, era?.lastProof ?? moment);
  }

  /** When everything announced was last known to be heard. */
  get lastProof(): number {
    return Math.max(this.era.lastProof, ...this.past.map(({ lastProof }) => lastProof));
  }

  start(): void {
    void this.connect(50);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.client?.end().catch(this.options.onError);
  }

  private async connect(backOffMs: number): Promise<void> {
    const client = new Client({
      connectionString: this.options.url,
      application_name: "latchkey gate feed",
      connectionTimeoutMillis: connectTimeoutMs,
      keepAlive: true,
    });
    this.client = client;
    client.on("error", (error) => this.lose(client, error));
    client.on("end", () => this.lose(client, new Error("the connection ended")));
    client.on("notification", ({ payload }) => this.hear(client, payload ?? ""));
    try {
      await client.connect();
      await client.query(`listen ${changesChannel}`);
      // From here on nothing is missed; what was read before may be out of date.
      this.options.onGap();
      this.past.unshift(this.era);
      this.past.length = Math.min(this.past.length, remembered);
      this.era = { since: this.clock(), lastProof: Number.NEGATIVE_INFINITY };
      this.listening = true;
      await this.beat(client);
    } catch (error) {
      this.lose(
        client,
        error instanceof Error ? error : new Error(String(error)),
        Math.min(backOffMs * 2, longestBackOffMs),
      );
    }
  }

  /** Sends the heartbeat; the next one is due whether or not this one came back. */
  private async beat(client: Client): Promise<void> {
    if (this.stopped || this.client !== client) return;
    const sentAt = this.clock();
    const patienceMs = Math.max(this.options.proofValidMs, shortestHeartbeatMs);
    const heartbeatMs = Math.max(shortestHeartbeatMs, this.options.proofValidMs / heartbeatsPerProof);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const silentMs = this.clock() - Math.max(this.era.lastProof, this.era.since);
      if (this.era.lastProof < sentAt && silentMs >= patienceMs)
        this.lose(
          client,
          new Error(this.era.lastProof < this.era.since ? neverHeard : "the heartbeat didn't come back"),
        );
      else void this.beat(client).catch((error: Error) => this.lose(client, error));
    }, heartbeatMs);
    const heartbeat = this.heartbeatPrefix + sentAt;
    if (this.era.lastProof < this.era.since) await this.options.announce(changesChannel, heartbeat);
    else await client.query("select pg_notify($1, $2)", [changesChannel, heartbeat]);
  }

  private hear(client: Client, payload: string): void {
    if (this.client !== client) return;
    if (payload.startsWith(this.heartbeatPrefix)) {
      // What was announced before the heartbeat was sent has arrived before it.
      this.era.lastProof = Math.max(this.era.lastProof, Number(payload.slice(this.heartbeatPrefix.length)));
      return;
    }
    const change = readAnnouncement(payload);
    if (change) for (const id of change.ids) this.options.onChange(change.thing, id);
  }

  private lose(client: Client, error: Error, backOffMs = 50): void {
    if (this.client !== client) return;
    this.client = undefined;
    this.listening = false;
    clearTimeout(this.timer);
    // A half-open connection doesn't end by itself.
    client.end().catch(() => undefined);
    if (this.stopped) return;
    this.options.onError(error);
    this.timer = setTimeout(() => void this.connect(backOffMs), backOffMs);
  }
}
