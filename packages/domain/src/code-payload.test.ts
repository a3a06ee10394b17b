import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromBase64, toBase64 } from './base64.ts';
import { codeKey, codeOfBytes, codesOf } from './code-payload.ts';
import { textOfUtf8 } from './utf8.ts';

const anyBytes = fc.uint8Array({ maxLength: 300 });

/** The engine's own writing. */
function utf8(text: string): Uint8Array {
  const bytes = encodeURIComponent(text).match(/%..|[^%]/g) ?? [];
  return Uint8Array.from(bytes, (one) =>
    one.length === 1 ? one.charCodeAt(0) : Number.parseInt(one.slice(1), 16),
  );
}

it('writes base64 as RFC 4648 does, and reads no other form of it', () => {
  for (const [text, base64] of [
    ['', ''],
    ['f', 'Zg=='],
    ['fo', 'Zm8='],
    ['foo', 'Zm9v'],
    ['foobar', 'Zm9vYmFy'],
  ] as const)
    expect(toBase64(utf8(text))).toBe(base64);
  expect(toBase64(Uint8Array.of(0xfb, 0xff, 0xfe))).toBe('+//+');
  fc.assert(
    fc.property(anyBytes, (bytes) => {
      expect(fromBase64(toBase64(bytes))).toEqual(bytes);
    }),
  );
  for (const other of ['QQ', 'QR==', 'Q===', 'QQ=A', 'QUJ D', '_-8='])
    expect(fromBase64(other)).toBeUndefined();
});

it('keeps every character of UTF-8, the byte-order mark too, and takes nothing else for it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(textOfUtf8(utf8(text))).toBe(text);
    }),
  );
  expect(textOfUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x41))).toBe('\ufeffA');
  // Overlong, a surrogate, beyond the last character, a cut one, Latin-1.
  for (const bytes of [
    [0xc0, 0x80],
    [0xed, 0xa0, 0x80],
    [0xf5, 0x80, 0x80, 0x80],
    [0xe4],
    [0xe9, 1],
  ])
    expect(textOfUtf8(Uint8Array.from(bytes))).toBeUndefined();
});

it('gives a code one form, from which its bytes come back whole', () => {
  fc.assert(
    fc.property(anyBytes, (bytes) => {
      const code = codeOfBytes(bytes);
      const back = 'payload' in code ? utf8(code.payload) : fromBase64(code.payloadBase64);
      expect(back).toEqual(bytes);
    }),
  );
});

it('tells each code of a picture once, and none that is empty', () => {
  const bytes = (...all: number[]) => ({ bytes: Uint8Array.from(all) });
  expect(codesOf([bytes(65), bytes(), bytes(0xff), bytes(65), bytes(0xff)])).toEqual([
    { payload: 'A' },
    { payloadBase64: '/w==' },
  ]);
  expect(codeKey({ payload: '/w==' })).not.toBe(codeKey({ payloadBase64: '/w==' }));
});
