import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hidPosLayout } from './hid-pos-layout.ts';
import { hidPosBytes, LONGEST_CODE, serialBytes } from './scanner-bytes.ts';
import { HID_POS_DESCRIPTOR, hidPosReports } from './tests/scanner-stand-in.ts';

const layout = hidPosLayout(HID_POS_DESCRIPTOR)!;
const texts = (codes: readonly Uint8Array[]) => codes.map((code) => Buffer.from(code).toString());
const bytes = fc.uint8Array({ minLength: 1, maxLength: 300 });

describe('reports of HID-POS', () => {
  it('any code comes out as it went in, however many reports it takes', () => {
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 4 }), (codes) => {
        const reader = hidPosBytes(layout);
        const heard = codes.flatMap((code) =>
          hidPosReports(code).flatMap((one) => reader.take(one)),
        );
        expect(heard.map((code) => [...code])).toEqual(codes.map((code) => [...code]));
      }),
    );
  });

  it('half a code never counts: it stops in the middle, and the next is whole', () => {
    const reader = hidPosBytes(layout);
    const [first] = hidPosReports('x'.repeat(80));
    expect(reader.take(first!)).toEqual([]);
    expect(reader.pause()).toEqual([]);
    expect(texts(hidPosReports('next').flatMap((one) => reader.take(one)))).toEqual(['next']);
  });

  it('a report that is cut or says too much spoils its code, and no other', () => {
    for (const damage of [
      (report: Uint8Array) => report.subarray(0, 20),
      (report: Uint8Array) => report.with(1, 57),
    ]) {
      const reader = hidPosBytes(layout);
      const [first, second] = hidPosReports('x'.repeat(80));
      expect([...reader.take(damage(first!)), ...reader.take(second!)].length).toBeLessThan(2);
      reader.pause();
      expect(texts(hidPosReports('next').flatMap((one) => reader.take(one)))).toEqual(['next']);
    }
    const reader = hidPosBytes(layout);
    const [first, second] = hidPosReports('x'.repeat(80));
    expect([...reader.take(first!.with(1, 200)), ...reader.take(second!)]).toEqual([]);
  });

  it('reports of another kind are nothing, in the middle of a code too', () => {
    const reader = hidPosBytes(layout);
    const [first, second] = hidPosReports('x'.repeat(80));
    const other = new Uint8Array(64).fill(9);
    expect(texts([first!, other, second!].flatMap((one) => reader.take(one)))).toEqual([
      'x'.repeat(80),
    ]);
  });

  it('what is longer than any code is dropped', () => {
    const reader = hidPosBytes(layout);
    expect(hidPosReports('x'.repeat(LONGEST_CODE + 1)).flatMap((one) => reader.take(one))).toEqual(
      [],
    );
    expect(texts(hidPosReports('ok').flatMap((one) => reader.take(one)))).toEqual(['ok']);
  });
});

describe('lines of a serial scanner', () => {
  const line = fc
    .uint8Array({ minLength: 1, maxLength: 60 })
    .filter((one) => !one.includes(10) && !one.includes(13));

  it('come out whole, however they are cut and ended', () => {
    const end = fc.constantFrom('\r', '\n', '\r\n');
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 5 }),
        end,
        fc.integer({ min: 1, max: 7 }),
        (lines, ending, size) => {
          const stream = Buffer.concat(
            lines.flatMap((one) => [Buffer.from(one), Buffer.from(ending)]),
          );
          const reader = serialBytes();
          const heard: Uint8Array[] = [];
          for (let at = 0; at < stream.length; at += size)
            heard.push(...reader.take(stream.subarray(at, at + size)));
          expect(heard.map((code) => [...code])).toEqual(lines.map((code) => [...code]));
        },
      ),
    );
  });

  it('one without an end is whole when nothing follows', () => {
    const reader = serialBytes();
    expect(reader.take(Buffer.from('code'))).toEqual([]);
    expect(texts(reader.pause())).toEqual(['code']);
    expect(reader.pause()).toEqual([]);
  });

  it('what is longer than any code is dropped', () => {
    const reader = serialBytes();
    expect(reader.take(Buffer.alloc(LONGEST_CODE + 1, 'x'))).toEqual([]);
    expect(texts(reader.take(Buffer.from('\rnext\r')))).toEqual(['next']);
  });
});
