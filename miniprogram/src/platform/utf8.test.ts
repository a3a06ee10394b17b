import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8Decoder } from './utf8.weapp.ts';

test('text comes out as it went in, wherever its bytes are cut', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.nat(60)), (text, cuts) => {
      const bytes = new TextEncoder().encode(text);
      const decode = utf8Decoder();
      const at = [0, ...cuts.sort((a, b) => a - b), bytes.length];
      const pieces = at.map((from, i) => decode(bytes.slice(from, at[i + 1] ?? bytes.length)));
      expect(pieces.join('')).toBe(text);
    }),
  );
});
