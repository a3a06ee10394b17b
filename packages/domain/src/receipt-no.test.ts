import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normaliseReceiptNo } from './receipt-no.ts';
import { fail, ok } from './result.ts';

test('one receipt has one number, however it is typed', () => {
  for (const typed of ['zj-0012', 'ZJ-0012 ', 'ｚｊ－００１２', 'Z J - 0 0 1 2'])
    expect(normaliseReceiptNo(typed)).toEqual(ok('ZJ-0012'));
  expect(normaliseReceiptNo('收据甲2026/001')).toEqual(ok('收据甲2026/001'));
});

test('what is no number is refused', () => {
  for (const typed of ['', '1', '-12', '12;3', 'a'.repeat(31), '<b>', '=1+1'])
    expect(normaliseReceiptNo(typed)).toEqual(fail('payment.receiptInvalid'));
});

test('what was taken is taken again as it stands', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), (typed) => {
      const once = normaliseReceiptNo(typed);
      if (once.ok) expect(normaliseReceiptNo(once.value)).toEqual(once);
    }),
  );
});
