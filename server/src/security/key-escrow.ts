import { openWithKey, publicKeyOf } from '@gradshot/storage';
import type { KeyEscrow } from '../ports/ground/vault.ts';

/** `privateKey`: 32 bytes that only this installation has. */
export function createKeyEscrow(privateKey: Uint8Array): KeyEscrow {
  return {
    publicKey: publicKeyOf(privateKey).toString('base64'),
    open(sealed, context) {
      try {
        return openWithKey(privateKey, sealed, context);
      } catch {
        return undefined;
      }
    },
  };
}
