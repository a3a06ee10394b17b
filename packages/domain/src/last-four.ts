import { fail, ok, type Result } from './result.ts';

const LAST_FOUR = /^[0-9A-Z]{4}$/;

/**
 * The last four characters that a graduate types: digits with X allowed at the end (mainland ID),
 * letters and digits for other documents; brackets, as on Hong Kong and Macao cards, are dropped.
 */
export function normaliseLastFour(input: string): Result<string> {
  const value = input.replace(/[\s()（）]/g, '').toUpperCase();
  return LAST_FOUR.test(value) ? ok(value) : fail('request.invalid', { field: '后四位' });
}

/** The last four characters of a stored ID number, in the form of `normaliseLastFour`. */
export function lastFourOf(idNumber: string): string {
  return idNumber
    .replace(/[\s()（）]/g, '')
    .toUpperCase()
    .slice(-4);
}
