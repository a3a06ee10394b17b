import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeFrame, encodeFrame } from './socket-frames.ts';

const call = (payload: unknown) => ({ kind: 'call', id: 1, name: 'x', payload }) as const;

describe('socket frames', () => {
  test('are text without bytes and binary with them', () => {
    expect(encodeFrame(call({ a: 1 }))).toBeTypeOf('string');
    expect(encodeFrame(call({ a: new Uint8Array(3) }))).toBeInstanceOf(Uint8Array);
  });

  test('carry any payload there and back', () => {
    const bytes = fc.uint8Array({ maxLength: 50 });
    const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), bytes);
    const key = fc.string().filter((name) => name !== '$bytes' && name !== '__proto__');
    const payload = fc.dictionary(key, fc.oneof(leaf, fc.array(leaf)), { noNullPrototype: true });
    fc.assert(
      fc.property(payload, (value) => {
        expect(decodeFrame(encodeFrame(call(value)))).toEqual(call(value));
      }),
    );
  });

  test('carry a Buffer as bytes', () => {
    const decoded = decodeFrame(encodeFrame(call({ picture: Buffer.from([1, 2, 3]) })));
    expect(decoded).toEqual(call({ picture: new Uint8Array([1, 2, 3]) }));
  });

  test('decoded bytes do not hold on to the whole frame', () => {
    const frame = encodeFrame(call({ small: new Uint8Array(2), big: new Uint8Array(9000) }));
    const { payload } = decodeFrame(frame) as { payload: { small: Uint8Array } };
    expect(payload.small.buffer.byteLength).toBe(2);
  });

  test.each([
    ['no JSON', '{'],
    ['a mark in a text frame', '{"a":{"$bytes":[0,1]}}'],
    ['an empty binary frame', new Uint8Array(0)],
    ['a length beyond the frame', new Uint8Array([255, 255, 255, 255, 123])],
    ['bytes outside the frame', binary('{"a":{"$bytes":[0,9]}}', 3)],
    ['a negative offset', binary('{"a":{"$bytes":[-1,2]}}', 3)],
    ['a fractional length', binary('{"a":{"$bytes":[0,1.5]}}', 3)],
    ['text that is not UTF-8', new Uint8Array([1, 0, 0, 0, 0xff])],
  ])('refuse %s', (_what, frame) => {
    expect(decodeFrame(frame)).toBeUndefined();
  });

  test('refuse or decode whatever arrives, and never throw', () => {
    fc.assert(fc.property(fc.uint8Array(), (frame) => void decodeFrame(frame)));
  });
});

function binary(json: string, bodyBytes: number): Uint8Array {
  const head = Buffer.from(json);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  return Buffer.concat([length, head, Buffer.alloc(bodyBytes)]);
}
