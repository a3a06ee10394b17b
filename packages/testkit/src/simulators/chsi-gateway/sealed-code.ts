import { createCipheriv, createDecipheriv, createHash, createHmac } from 'node:crypto';
import type { CodePayload } from '@gradshot/domain';

/** What the simulator seals into a code. Real codes seal more; nobody outside reads them either. */
export type CodeContent = {
  readonly studentNumber: string;
  readonly maskedName: string;
  readonly maskedIdNumber: string;
  readonly schoolCode: string;
  /** Unix seconds. */
  readonly issuedAt: number;
  /** Unix seconds. */
  readonly expiresAt: number;
};

export type OpenedCode =
  | { readonly kind: 'valid'; readonly content: CodeContent }
  | { readonly kind: 'foreign' }
  | { readonly kind: 'forged' };

/** One version byte, 12 bytes of nonce, ciphertext, 16 bytes of tag, as base64url. */
const VERSION = 0xc1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SHORTEST = 1 + NONCE_BYTES + TAG_BYTES;
/** Base64url of a sealed code: shorter or longer text is something else. */
const LOOKS_SEALED = /^[A-Za-z0-9_-]{150,300}$/;

export type CodeSealer = {
  /** The same content always gives the same text. */
  seal(content: CodeContent): string;
  /** Takes the code as text, or as the bytes that the text stands for; nothing is forgiven. */
  open(code: CodePayload): OpenedCode;
};

export function createCodeSealer(seed: string): CodeSealer {
  const key = createHash('sha256').update(`collection codes of ${seed}`).digest();
  return {
    seal: (content) => seal(key, content),
    open: (code) => open(key, code),
  };
}

/** Decoding forgives foreign characters and bits to spare: what is not the very same text is foreign. */
function bytesOf(code: CodePayload): Buffer | undefined {
  if (!('payload' in code)) return Buffer.from(code.payloadBase64, 'base64');
  if (!LOOKS_SEALED.test(code.payload)) return undefined;
  const bytes = Buffer.from(code.payload, 'base64url');
  return bytes.toString('base64url') === code.payload ? bytes : undefined;
}

function seal(key: Buffer, content: CodeContent): string {
  const plain = Buffer.from(JSON.stringify(content), 'utf8');
  // Derived from the content, so that codes are the same at every start with one seed; two
  // contents never share a nonce.
  const nonce = createHmac('sha256', key).update(plain).digest().subarray(0, NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), nonce, sealed, cipher.getAuthTag()]).toString(
    'base64url',
  );
}

function open(key: Buffer, code: CodePayload): OpenedCode {
  const bytes = bytesOf(code);
  if (!bytes || bytes[0] !== VERSION || bytes.length < SHORTEST) return { kind: 'foreign' };
  const nonce = bytes.subarray(1, 1 + NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const sealed = bytes.subarray(1 + NONCE_BYTES, -TAG_BYTES);
    const plain = Buffer.concat([decipher.update(sealed), decipher.final()]);
    return { kind: 'valid', content: JSON.parse(plain.toString('utf8')) as CodeContent };
  } catch {
    return { kind: 'forged' };
  }
}
