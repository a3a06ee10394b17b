import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decryptResource } from './resource-cipher.ts';

const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
const nonce = fc.stringMatching(/^[0-9A-Za-z]{12}$/);
const associated = fc.constantFrom('transaction', 'certificate', 'refund', '');

function seal(secret: Uint8Array, once: string, data: string, plain: string) {
  const cipher = createCipheriv('aes-256-gcm', secret, Buffer.from(once));
  cipher.setAAD(Buffer.from(data));
  const sealed = [cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()];
  return {
    ciphertext: Buffer.concat(sealed).toString('base64'),
    nonce: once,
    associated_data: data,
  };
}

describe('encrypted resources', () => {
  it('opens what was sealed with the key', () => {
    fc.assert(
      fc.property(
        key,
        nonce,
        associated,
        fc.string({ unit: 'grapheme' }),
        (secret, once, data, plain) => {
          const opened = decryptResource(secret, seal(secret, once, data, plain));
          expect(opened?.toString('utf8')).toBe(plain);
        },
      ),
    );
  });

  it('opens nothing that was changed anywhere', () => {
    fc.assert(
      fc.property(
        key,
        nonce,
        fc.string(),
        fc.nat(),
        fc.constantFrom('ciphertext', 'nonce', 'associated_data', 'key'),
        (secret, once, plain, at, part) => {
          const resource = seal(secret, once, 'transaction', plain);
          const sealed = Buffer.from(resource.ciphertext, 'base64');
          const position = at % sealed.length;
          sealed[position] = (sealed[position] ?? 0) ^ 1;
          const forged = {
            ciphertext: { ...resource, ciphertext: sealed.toString('base64') },
            nonce: { ...resource, nonce: `${once.slice(1)}${once[0] === '!' ? '?' : '!'}` },
            associated_data: { ...resource, associated_data: 'refund' },
            key: resource,
          }[part];
          const used = part === 'key' ? secret.map((byte) => byte ^ 1) : secret;
          expect(decryptResource(used, forged)).toBeUndefined();
        },
      ),
    );
  });

  it.each(['', 'AAAA', 'not base64 at all, but long enough to hold a tag'])(
    'opens no garbage: %j',
    (ciphertext) => {
      const resource = { ciphertext, nonce: 'a'.repeat(12), associated_data: '' };
      expect(decryptResource(new Uint8Array(32), resource)).toBeUndefined();
    },
  );
});
