import { createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import { openText, sealText } from '@gradshot/storage';
import type { Vault } from '../ports/ground/vault.ts';
import { createKeyEscrow } from './key-escrow.ts';

const KEY_BYTES = 32;

/** A key for one purpose from the installation's key (HKDF-SHA-256, RFC 5869). */
export function deriveKey(master: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', master, new Uint8Array(0), purpose, KEY_BYTES));
}

/** `master`: the installation's 32-byte key. */
export function createVault(master: Uint8Array): Vault {
  const columnKey = deriveKey(master, 'columns');
  // As a key object: made of bytes for each digest, the key takes most of its time.
  const digestKey = createSecretKey(deriveKey(master, 'digests'));
  return {
    seal: (plain, context) => sealText(columnKey, plain, context),
    open: (sealed, context) => openText(columnKey, sealed, context),
    pseudonym: (value, purpose) =>
      createHmac('sha256', digestKey).update(`${purpose}\0${value}`).digest('hex'),
    // Derived like every other key, so that there is nothing more to back up, and replicas agree.
    escrow: createKeyEscrow(deriveKey(master, 'escrow')),
  };
}
