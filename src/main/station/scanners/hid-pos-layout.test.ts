import fc from 'fast-check';
import { expect, it } from 'vitest';
import { scanLayout, USUAL_LAYOUT } from './hid-pos-layout.ts';
import { HID_POS_DESCRIPTOR } from './tests/simulated-scanner.ts';

it('reads the usual layout out of a scanner’s own descriptor', () => {
  expect(scanLayout(HID_POS_DESCRIPTOR)).toEqual(USUAL_LAYOUT);
});

it('reads another one too: no report number, the flag before the data', () => {
  const other = Uint8Array.of(
    ...[0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01, 0x15, 0x00, 0x26, 0xff, 0x00, 0x75, 0x08],
    ...[0x95, 0x01, 0x09, 0xff, 0x81, 0x02, 0x95, 0x03, 0x09, 0xfb, 0x09, 0xfc, 0x09, 0xfd],
    ...[0x81, 0x02, 0x95, 0x01, 0x05, 0x01, 0x09, 0x3b, 0x81, 0x02],
    ...[0x95, 0x1b, 0x05, 0x8c, 0x09, 0xfe, 0x82, 0x02, 0x01, 0xc0],
  );
  expect(scanLayout(other)).toEqual({
    ...{ reportId: 0, continued: 0, symbology: 1, length: 4, data: 5, capacity: 27 },
  });
});

it('takes the usual layout where only the data is named', () => {
  const bare = Uint8Array.of(
    ...[0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01, 0x85, 0x02, 0x75, 0x08, 0x95, 0x3f],
    ...[0x09, 0xfe, 0x82, 0x02, 0x01, 0xc0],
  );
  expect(scanLayout(bare)).toEqual(USUAL_LAYOUT);
});

it('finds no scanner in a keyboard, in nothing, or in what is cut off', () => {
  const keyboard = Uint8Array.of(
    ...[0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0x05, 0x07, 0x75, 0x08, 0x95, 0x08, 0x09, 0xfe],
    ...[0x81, 0x02, 0xc0],
  );
  expect(scanLayout(keyboard)).toBeUndefined();
  expect(scanLayout(new Uint8Array())).toBeUndefined();
  expect(scanLayout(HID_POS_DESCRIPTOR.slice(0, 30))).toBeUndefined();
});

it('comes to an end with whatever bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const layout = scanLayout(bytes);
      if (layout) expect(layout.capacity).toBeGreaterThan(0);
    }),
  );
});
