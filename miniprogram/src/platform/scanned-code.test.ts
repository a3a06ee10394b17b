import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeOfScan } from './scanned-code.ts';

const base64 = (bytes: Iterable<number>) => Buffer.from([...bytes]).toString('base64');

test('the bytes decide, whatever WeChat made of them', () => {
  // 采集 in GBK, with ASCII around it.
  const gbk = [0x41, 0xb2, 0xc9, 0xbc, 0xaf, 0x31];
  const code = { payloadBase64: base64(gbk) };
  for (const result of ['A采集1', 'A²É¼¯1', 'A', ''])
    expect(codeOfScan({ result, rawData: base64(gbk) })).toEqual(code);
});

test('UTF-8 is text, with the mark and the control characters that WeChat leaves out', () => {
  const text = '\ufeffcode\0of\u001d采集 ';
  expect(codeOfScan({ result: 'code', rawData: base64(new TextEncoder().encode(text)) })).toEqual({
    payload: text,
  });
});

test('lines of base64 are put together', () => {
  const bytes = new TextEncoder().encode('x'.repeat(100));
  const rawData = base64(bytes).replace(/.{76}/g, '$&\n');
  expect(codeOfScan({ result: 'x'.repeat(100), rawData })).toEqual({ payload: 'x'.repeat(100) });
});

test('without them, or where they are of something else, the text is all there is', () => {
  expect(codeOfScan({ result: 'code' })).toEqual({ payload: 'code' });
  expect(codeOfScan({ result: 'code', rawData: '' })).toEqual({ payload: 'code' });
  expect(codeOfScan({ result: 'code', rawData: 'no base64!' })).toEqual({ payload: 'code' });
  // The symbol's codewords: mode and length push every character across two bytes.
  const codewords = [0x40, 0x46, 0x36, 0xf6, 0x46, 0x50, 0xec, 0x11];
  expect(codeOfScan({ result: 'code', rawData: base64(codewords) })).toEqual({ payload: 'code' });
  expect(codeOfScan({ result: '', rawData: '' })).toBeUndefined();
});

test('nothing that a code holds is lost on the way', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (payload) => {
      const rawData = base64(new TextEncoder().encode(payload));
      expect(codeOfScan({ result: payload, rawData })).toEqual({ payload });
    }),
  );
});
