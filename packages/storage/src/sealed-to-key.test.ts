import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openWithKey, publicKeyOf, sealToKey } from './sealed-to-key.ts';

const keys = fc.uint8Array({ minLength: 32, maxLength: 32 });
const contexts = fc.string({ maxLength: 40 });

test('the holder of the private key gets the very bytes back', () => {
  fc.assert(
    fc.property(keys, fc.uint8Array({ maxLength: 500 }), contexts, (key, plain, context) => {
      const sealed = sealToKey(publicKeyOf(key), plain, context);
      expect(Buffer.compare(openWithKey(key, sealed, context), plain)).toBe(0);
    }),
    { numRuns: 50 },
  );
});

test('nobody else does: another key, another context, or one bit changed', () => {
  const key = Buffer.alloc(32, 7);
  fc.assert(
    fc.property(keys, contexts, fc.nat(), fc.nat(7), (other, context, at, bit) => {
      const sealed = sealToKey(publicKeyOf(key), Buffer.from('secret'), 'place');
      // A private key's last and first bits are set by the algorithm, so some differ in name alone.
      fc.pre(!publicKeyOf(other).equals(publicKeyOf(key)) && context !== 'place');
      expect(() => openWithKey(other, sealed, 'place')).toThrow();
      expect(() => openWithKey(key, sealed, context)).toThrow();
      const changed = Buffer.from(sealed);
      // The top bit of an X25519 public key counts for nothing by itself (RFC 7748, section 5).
      const place = at % changed.length;
      changed[place] = (changed[place] ?? 0) ^ (1 << bit);
      expect(() => openWithKey(key, changed, 'place')).toThrow();
    }),
    { numRuns: 100 },
  );
});

test('says the same thing in other bytes every time, and none of it in the clear', () => {
  const key = Buffer.alloc(32, 7);
  const seal = () => sealToKey(publicKeyOf(key), Buffer.from('110105199901010011'));
  expect(seal().equals(seal())).toBe(false);
  expect(seal().includes('110105')).toBe(false);
});

test('refuses what is no key and no sealed value', () => {
  const key = Buffer.alloc(32, 7);
  expect(() => sealToKey(Buffer.alloc(31), key)).toThrow('32 bytes');
  // A point of small order would make the secret the same for everybody.
  expect(() => sealToKey(Buffer.alloc(32), key)).toThrow();
  expect(() => openWithKey(key, Buffer.alloc(0))).toThrow('not a value');
  expect(() => openWithKey(key, Buffer.alloc(100))).toThrow('not a value');
});
