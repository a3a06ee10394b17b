import { createCipheriv, createDecipheriv, type DecipherGCM, randomBytes } from 'node:crypto';
import { inTurns } from './in-turns.ts';

/**
 * AES-256-GCM with a random 96-bit nonce (NIST SP 800-38D). Layout of a sealed value:
 * 1 byte format version (1), 12 bytes nonce, 16 bytes tag, ciphertext.
 */
const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + NONCE_BYTES + TAG_BYTES;
export const KEY_BYTES = 32;

/**
 * Encrypts `plain`. `context` binds the value to its place (a table column, a digest): opening it
 * with another context fails, so a sealed value cannot be moved.
 */
export function seal(key: Uint8Array, plain: Uint8Array, context = ''): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.from([VERSION]), nonce, cipher.getAuthTag(), body]);
}

/** Decrypts what `seal` made. Throws when key, context or bytes do not fit: that is a fault. */
export function open(key: Uint8Array, sealed: Uint8Array, context = ''): Buffer {
  const decipher = decipherOf(key, sealed, context);
  return Buffer.concat([decipher.update(sealed.subarray(HEADER_BYTES)), decipher.final()]);
}

function decipherOf(key: Uint8Array, sealed: Uint8Array, context: string): DecipherGCM {
  if (sealed.length < HEADER_BYTES || sealed[0] !== VERSION) throw new Error('not a sealed value');
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce);
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(sealed.subarray(1 + NONCE_BYTES, HEADER_BYTES));
  return decipher;
}

/** As `seal`, in pieces and in turns: megabytes keep nobody else from their work. */
export async function sealInTurns(
  key: Uint8Array,
  plain: Uint8Array,
  context: string,
): Promise<readonly Buffer[]> {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(context));
  const body: Buffer[] = [];
  await inTurns(plain, (slice) => body.push(cipher.update(slice)));
  body.push(cipher.final());
  return [Buffer.concat([Buffer.from([VERSION]), nonce, cipher.getAuthTag()]), ...body];
}

/** As `open`, in turns. */
export async function openInTurns(
  key: Uint8Array,
  sealed: Uint8Array,
  context: string,
): Promise<Buffer> {
  const decipher = decipherOf(key, sealed, context);
  const plain = Buffer.allocUnsafe(sealed.length - HEADER_BYTES);
  let at = 0;
  await inTurns(sealed.subarray(HEADER_BYTES), (slice) => {
    at += decipher.update(slice).copy(plain, at);
  });
  // Only now is it known that these are the bytes.
  decipher.final();
  return plain;
}

export function sealText(key: Uint8Array, plain: string, context = ''): Buffer {
  return seal(key, Buffer.from(plain, 'utf8'), context);
}

export function openText(key: Uint8Array, sealed: Uint8Array, context = ''): string {
  return open(key, sealed, context).toString('utf8');
}
