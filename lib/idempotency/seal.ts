import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const nonceLength = 12;
const tagLength = 16;

/**
 * Locks an answer so that only who holds the Idempotency-Key can open it: AES-256-GCM under HKDF-SHA-256 of the key.
 * `context` is authenticated with it, so a sealed answer opens in its own place only. Layout: nonce, tag, text.
 */
export function seal(answer: string, idempotencyKey: string, context: string): Buffer {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv("aes-256-gcm", sealingKey(idempotencyKey), nonce);
  cipher.setAAD(Buffer.from(context));
  const text = Buffer.concat([cipher.update(answer, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]);
}

/** The answer again. @throws when key, context or bytes aren't those it was sealed with */
export function unseal(sealed: Buffer, idempotencyKey: string, context: string): string {
  const decipher = createDecipheriv(
    "aes-256-gcm",
    sealingKey(idempotencyKey),
    sealed.subarray(0, nonceLength),
    {
      authTagLength: tagLength,
    },
  );
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(sealed.subarray(nonceLength, nonceLength + tagLength));
  return Buffer.concat([
    decipher.update(sealed.subarray(nonceLength + tagLength)),
    decipher.final(),
  ]).toString("utf8");
}

function sealingKey(idempotencyKey: string): Buffer {
  return Buffer.from(hkdfSync("sha256", idempotencyKey, "latchkey", "sealed answer", 32));
}
