import {
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import { KEY_BYTES, open, seal } from './sealed-bytes.ts';

/**
 * Sealing for the holder of a private key, by anybody who has its public key. X25519 (RFC 7748) with
 * a key pair made for this one value, HKDF-SHA-256 (RFC 5869), then `seal`. Layout: 1 byte format
 * version (1), 32 bytes public key of the one-time pair, the sealed value of `seal`.
 *
 * Keys are their 32 raw bytes; any 32 random bytes are a private key. Both public keys go into the
 * derivation, so that a value opens for this pair alone.
 */
const VERSION = 1;
const HEADER_BYTES = 1 + KEY_BYTES;
const PURPOSE = 'gradshot sealed to a key 1';

/** What stands before the raw bytes in DER (RFC 8410). */
const PRIVATE_KEY_DER = Buffer.from('302e020100300506032b656e04220420', 'hex');
const PUBLIC_KEY_DER = Buffer.from('302a300506032b656e032100', 'hex');

/** The public key that belongs to a private one. */
export function publicKeyOf(privateKey: Uint8Array): Buffer {
  return rawPublicKey(createPublicKey(importPrivateKey(privateKey)));
}

/** As `seal`, for the holder of the private key alone. Throws when `publicKey` is none. */
export function sealToKey(publicKey: Uint8Array, plain: Uint8Array, context = ''): Buffer {
  const once = generateKeyPairSync('x25519');
  const oncePublic = rawPublicKey(once.publicKey);
  const key = sharedKey(once.privateKey, importPublicKey(publicKey), oncePublic, publicKey);
  return Buffer.concat([Buffer.from([VERSION]), oncePublic, seal(key, plain, context)]);
}

/** Opens what `sealToKey` made. Throws when key, context or bytes do not fit. */
export function openWithKey(privateKey: Uint8Array, sealed: Uint8Array, context = ''): Buffer {
  if (sealed.length < HEADER_BYTES || sealed[0] !== VERSION)
    throw new Error('not a value sealed to a key');
  const own = importPrivateKey(privateKey);
  const oncePublic = sealed.subarray(1, HEADER_BYTES);
  const ownPublic = rawPublicKey(createPublicKey(own));
  const key = sharedKey(own, importPublicKey(oncePublic), oncePublic, ownPublic);
  return open(key, sealed.subarray(HEADER_BYTES), context);
}

function sharedKey(
  privateKey: KeyObject,
  publicKey: KeyObject,
  oncePublic: Uint8Array,
  holderPublic: Uint8Array,
): Buffer {
  const secret = diffieHellman({ privateKey, publicKey });
  const salt = Buffer.concat([oncePublic, holderPublic]);
  return Buffer.from(hkdfSync('sha256', secret, salt, PURPOSE, KEY_BYTES));
}

function importPrivateKey(raw: Uint8Array): KeyObject {
  assertLength(raw);
  const key = Buffer.concat([PRIVATE_KEY_DER, raw]);
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
}

function importPublicKey(raw: Uint8Array): KeyObject {
  assertLength(raw);
  const key = Buffer.concat([PUBLIC_KEY_DER, raw]);
  return createPublicKey({ key, format: 'der', type: 'spki' });
}

function assertLength(raw: Uint8Array): void {
  if (raw.length !== KEY_BYTES) throw new Error(`a key has ${KEY_BYTES} bytes`);
}

function rawPublicKey(key: KeyObject): Buffer {
  return key.export({ format: 'der', type: 'spki' }).subarray(PUBLIC_KEY_DER.length);
}
