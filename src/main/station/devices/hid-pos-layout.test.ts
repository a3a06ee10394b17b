import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hidPosLayout } from './hid-pos-layout.ts';
import { HID_POS_DESCRIPTOR, KEYBOARD_DESCRIPTOR } from './tests/scanner-stand-in.ts';

describe('where a scanner says its bytes', () => {
  it('is read out of its descriptor', () => {
    expect(hidPosLayout(HID_POS_DESCRIPTOR)).toEqual({
      ...{ reportId: 2, lengthAt: 1, dataAt: 5, dataBytes: 56, continuedBit: 63 * 8 },
    });
  });

  it('a keyboard has no such place', () => {
    expect(hidPosLayout(KEYBOARD_DESCRIPTOR)).toBe(undefined);
  });

  it('without report ids everything begins a byte earlier', () => {
    const at = HID_POS_DESCRIPTOR.indexOf(0x85);
    const plain = Uint8Array.from([...HID_POS_DESCRIPTOR].toSpliced(at, 2));
    expect(hidPosLayout(plain)).toMatchObject({ reportId: undefined, lengthAt: 0, dataAt: 4 });
  });

  it('a descriptor that is cut or garbled is no scanner, and no failure', () => {
    for (let length = 0; length < HID_POS_DESCRIPTOR.length - 20; length++)
      expect(() => hidPosLayout(HID_POS_DESCRIPTOR.subarray(0, length))).not.toThrow();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        const layout = hidPosLayout(bytes);
        if (layout) expect(layout.dataBytes).toBeGreaterThan(0);
      }),
    );
  });
});
