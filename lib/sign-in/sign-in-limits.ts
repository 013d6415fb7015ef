import { RateLimiterPostgres, type RateLimiterRes } from "rate-limiter-flexible";
import { pool } from "@/db/client";
import { keyedHash } from "@/lib/access/secret";
import { Problem } from "@/lib/errors";
import { once } from "@/lib/process";

/** How many tries in how many seconds; counted in the database, so for all instances together. */
const accountLimit = { points: 10, duration: 900 };
const addressLimit = { points: 30, duration: 900 };

const limiters = () =>
  once("sign-in-limits", () => ({
    account: limiter("account", accountLimit),
    address: limiter("address", addressLimit),
  }));

/** Gives the tries back after a success. */
export interface SignInTry {
  succeeded(): Promise<void>;
}

/**
 * Counts a try of a password before it is looked at.
 * @param account what the try is for, as typed
 * @param address the true address of the client
 * @throws Problem `too_many_attempts` (429) with the seconds to wait
 */
export async function countTry(account: string, address: string | null): Promise<SignInTry> {
  const { account: perAccount, address: perAddress } = limiters();
  const accountKey = keyedHash("rate limit", `account ${account.trim().toLowerCase()}`).toString("base64url");
  const addressKey = networkOf(address ?? "unknown");
  await consume(perAddress, addressKey);
  await consume(perAccount, accountKey);
  return {
    async succeeded() {
      await Promise.all([perAccount.delete(accountKey), perAddress.reward(addressKey, 1)]);
    },
  };
}

/** One customer's IPv6 addresses are a /64; an IPv4 address counts for itself. */
export function networkOf(address: string): string {
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.split("::");
  const left = head.split(":").filter(Boolean);
  const right = tail === undefined ? [] : tail.split(":").filter(Boolean);
  const groups = [...left, ...Array(Math.max(0, 8 - left.length - right.length)).fill("0"), ...right];
  return `${groups.slice(0, 4).join(":")}::/64`;
}

async function consume(limiter: RateLimiterPostgres, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (rejection) {
    if (rejection instanceof Error) throw rejection;
    const seconds = Math.max(1, Math.ceil((rejection as RateLimiterRes).msBeforeNext / 1000));
    throw new Problem("too_many_attempts", `Too many attempts. Try again in ${wait(seconds)}.`, {
      retryAfter: seconds,
    });
  }
}

function limiter(keyPrefix: string, limit: { points: number; duration: number }): RateLimiterPostgres {
  return new RateLimiterPostgres({
    storeClient: pool(),
    tableName: "rate_limits",
    tableCreated: true,
    keyPrefix,
    ...limit,
  });
}

function wait(seconds: number): string {
  if (seconds < 60) return `${seconds} ${seconds === 1 ? "second" : "seconds"}`;
  const minutes = Math.ceil(seconds / 60);
  return `${minutes} ${minutes === 1 ? "minute" : "minutes"}`;
}
