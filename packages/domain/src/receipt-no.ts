import { fail, ok, type Result } from './result.ts';

const RECEIPT_NO = /^[\p{Script=Han}A-Z0-9][\p{Script=Han}A-Z0-9/-]{1,29}$/u;

/** A receipt's number as it is compared: half-width capitals, without spaces. */
export function normaliseReceiptNo(input: string): Result<string> {
  const value = input.normalize('NFKC').replace(/\s/g, '').toUpperCase();
  return RECEIPT_NO.test(value) ? ok(value) : fail('payment.receiptInvalid');
}
