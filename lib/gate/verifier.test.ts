import { describe, expect, it } from "vitest";
import { setInstanceSecret } from "@/lib/access/secret";
import { readAccount } from "@/lib/gate/known-account";
import type { KnownToken } from "@/lib/gate/known-token";
import { TokenMemory } from "@/lib/gate/token-memory";
import { type Verification, Verifier } from "@/lib/gate/verifier";
import { mintToken } from "@/lib/tokens/format";

setInstanceSecret("a secret of the tests, thirty-two bytes and more");

const account = readAccount(7, JSON.stringify(["robot@service", "Service", "Editor", true, null]));

function knownToken(tokenId: number, loadedAt: number): KnownToken {
  const never = Number.POSITIVE_INFINITY;
  return { tokenId, scim: false, issuedAt: 0, expiresAt: never, revokedAt: never, account, loadedAt };
}

/** A verifier whose database answers when told to, whose feed is what the test says, and whose time stands still. */
function setUp() {
  let at = 1_000_000;
  const feed = { proven: true, lastProof: at };
  const questions: { size: number; answer: (found?: boolean) => void; fail: () => void }[] = [];
  const memory = new TokenMemory({ known: 1_000, unknown: 100 }, () => at);
  let made = 0;
  const verifier = new Verifier({
    memory,
    load: (hashes, loadedAt) =>
      new Promise((resolve, reject) => {
        questions.push({
          size: hashes.length,
          answer: (found = true) =>
            resolve(hashes.map(() => (found ? knownToken(++made, loadedAt) : undefined))),
          fail: () => reject(new Error("no database")),
        });
      }),
    feed: {
      isProven: () => feed.proven,
      vouchesFor: () => feed.proven,
      provenUntil: () => feed.lastProof,
    },
    staleMs: 30_000,
    clock: () => at,
    now: () => at,
    onLoadError: () => {},
  });
  const pass = (milliseconds: number) => {
    at += milliseconds;
  };
  return { verifier, memory, feed, questions, pass };
}

/** The turn of the event loop in which questions are sent is over. */
const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
const verdict = async (asked: Verification | Promise<Verification>) => (await asked).verdict;

describe("questions to the database", () => {
  it("those who come in one turn are one question, each answered for itself", async () => {
    const { verifier, questions } = setUp();
    const asked = Array.from({ length: 50 }, () => verifier.verify(mintToken("svc")));
    await turn();
    expect(questions.map(({ size }) => size)).toEqual([50]);
    questions[0]?.answer();
    const ids = (await Promise.all(asked)).map(({ token }) => token?.tokenId);
    expect(ids).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  });

  it("two are under way at most; who comes meanwhile goes along with the next", async () => {
    const { verifier, questions } = setUp();
    for (let turns = 0; turns < 5; turns++) {
      void verifier.verify(mintToken("svc"));
      await turn();
    }
    expect(questions.map(({ size }) => size)).toEqual([1, 1]);
    questions[0]?.answer(false);
    await turn();
    expect(questions.map(({ size }) => size)).toEqual([1, 1, 3]);
  });

  it("five hundred tokens in one at most; beyond 20,000 waiting the rest is turned away unasked", async () => {
    const { verifier, questions } = setUp();
    const asked = Array.from({ length: 20_010 }, () => verifier.verify(mintToken("svc")));
    for (let answered = 0; answered < 40; answered++) {
      await turn();
      questions[answered]?.answer(false);
    }
    const verdicts = await Promise.all(asked.map(verdict));
    expect(verdicts.filter((said) => said === "unavailable")).toHaveLength(10);
    expect(verifier.counts.turnedAway).toBe(10);
    expect(Math.max(...questions.map(({ size }) => size))).toBe(500);
  });

  it("a string of the wrong form asks nobody", async () => {
    const { verifier, questions } = setUp();
    for (const text of ["", "lk_svc_", `${mintToken("svc").slice(0, -1)}!`])
      expect(await verdict(verifier.verify(text))).toBe("malformed");
    await turn();
    expect(questions).toHaveLength(0);
  });
});

describe("a change announced while the database is asked", () => {
  it("who comes after it gets no answer that was read before it", async () => {
    const { verifier, memory, questions } = setUp();
    const secret = mintToken("svc");
    const before = verifier.verify(secret);
    await turn();
    expect(verifier.verify(secret)).toBe(before);
    memory.forget("user", account.id);
    const after = verifier.verify(secret);
    expect(verifier.verify(secret)).toBe(after);
    await turn();
    expect(questions.map(({ size }) => size)).toEqual([1, 1]);
    questions[0]?.answer();
    expect(await verdict(before)).toBe("good");
    expect(verifier.verify(secret)).toBe(after);
    questions[1]?.answer(false);
    expect(await verdict(after)).toBe("unknown");
    expect(await verdict(verifier.verify(secret))).toBe("unknown");
    expect(questions).toHaveLength(2);
  });

  it("is not overtaken: the answer counts once and isn't remembered", async () => {
    const { verifier, memory, questions } = setUp();
    const secret = mintToken("svc");
    const asked = verifier.verify(secret);
    await turn();
    memory.forget("user", account.id);
    questions[0]?.answer();
    expect(await verdict(asked)).toBe("good");
    expect(memory.size).toBe(0);

    const again = verifier.verify(secret);
    await turn();
    questions[1]?.answer(false);
    expect(await verdict(again)).toBe("unknown");
  });

  it("a stranger that was made meanwhile isn't remembered as one", async () => {
    const { verifier, memory, questions } = setUp();
    const secret = mintToken("svc");
    const asked = verifier.verify(secret);
    await turn();
    memory.forget("token", 1);
    questions[0]?.answer(false);
    expect(await verdict(asked)).toBe("unknown");
    const again = verifier.verify(secret);
    await turn();
    questions[1]?.answer();
    expect(await verdict(again)).toBe("good");
  });
});

describe("without a database", () => {
  it("what was proven is served for as long as told, and no longer; others get no answer", async () => {
    const { verifier, feed, questions, pass } = setUp();
    const secret = mintToken("svc");
    const first = verifier.verify(secret);
    await turn();
    questions[0]?.answer();
    await first;
    feed.proven = false;
    const ask = async (text: string) => {
      const asked = verifier.verify(text);
      await turn();
      questions.at(-1)?.fail();
      return verdict(asked);
    };
    expect(await ask(secret)).toBe("good");
    expect(await ask(mintToken("svc"))).toBe("unavailable");
    pass(30_000);
    expect(await ask(secret)).toBe("good");
    pass(1);
    expect(await ask(secret)).toBe("unavailable");
  });

  it("is left alone for a moment after it failed", async () => {
    const { verifier, questions, pass } = setUp();
    const first = verifier.verify(mintToken("svc"));
    await turn();
    questions[0]?.fail();
    expect(await verdict(first)).toBe("unavailable");
    expect(await verdict(verifier.verify(mintToken("svc")))).toBe("unavailable");
    expect(questions).toHaveLength(1);
    pass(250);
    void verifier.verify(mintToken("svc"));
    await turn();
    expect(questions).toHaveLength(2);
  });
});
