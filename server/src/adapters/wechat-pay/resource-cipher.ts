import { createDecipheriv } from 'node:crypto';
import { z } from 'zod';

const TAG_BYTES = 16;
const NONCE_BYTES = 12;

/** An encrypted part of an answer or a notification. */
export const encryptedResource = z.object({
  algorithm: z.literal('AEAD_AES_256_GCM'),
  ciphertext: z.string(),
  nonce: z.string(),
  associated_data: z.string().optional(),
});
export type EncryptedResource = z.infer<typeof encryptedResource>;

/**
 * Opens AEAD_AES_256_GCM: base64 of ciphertext followed by the 16-byte tag; nonce and associated
 * data are plain text.
 *
 * @param key the merchant's APIv3 key, 32 bytes.
 * @returns the plain bytes; undefined when key, nonce, data or tag do not fit.
 */
export function decryptResource(
  key: Uint8Array,
  resource: Pick<EncryptedResource, 'ciphertext' | 'nonce' | 'associated_data'>,
): Buffer | undefined {
  const sealed = Buffer.from(resource.ciphertext, 'base64');
  const nonce = Buffer.from(resource.nonce, 'utf8');
  if (sealed.length < TAG_BYTES || nonce.length !== NONCE_BYTES) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(resource.associated_data ?? '', 'utf8'));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch {
    return undefined;
  }
}
