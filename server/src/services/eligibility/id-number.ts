/** Weights and check characters of GB 11643-1999. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS = '10X98765432';

const MAINLAND = /^\d{17}[\dX]$/;
/**
 * Hong Kong and Macao, with both brackets or none; permits of both and of Taiwan; passports. Eight
 * digits are Taiwan's permits, and Macao's cards without brackets.
 */
const OTHERS = [
  /^[A-Z]{1,2}\d{6}(\([\dA]\)|[\dA])$/,
  /^[157]\d{6}\(\d\)$/,
  /^[HM]\d{8}(\d{2})?$/,
  /^\d{8}$/,
  /^[A-Z]{1,2}\d{7,8}$/,
];

/** What the same number is found by, however it is written: Hong Kong's with or without brackets. */
export function idNumberKey(idNumber: string): string {
  return idNumber.toUpperCase().replaceAll(/[\s()（）]/g, '');
}

export type IdNumberFault = 'form' | 'date' | 'check';

/** `idNumber` in capitals. Undefined when nothing speaks against it. */
export function idNumberFault(idNumber: string): IdNumberFault | undefined {
  if (!MAINLAND.test(idNumber))
    return OTHERS.some((form) => form.test(idNumber)) ? undefined : 'form';
  if (!isDate(idNumber.slice(6, 14))) return 'date';
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(idNumber[i]), 0);
  return CHECK_CHARACTERS[sum % 11] === idNumber[17] ? undefined : 'check';
}

/** Birthday as `YYYYMMDD` and sex, which a mainland number carries; undefined for others. */
export function idNumberFacts(
  idNumber: string,
): { readonly birthday: string; readonly male: boolean } | undefined {
  if (!MAINLAND.test(idNumber)) return undefined;
  return { birthday: idNumber.slice(6, 14), male: Number(idNumber[16]) % 2 === 1 };
}

/** `YYYYMMDD`, a day that exists. */
export function isDate(text: string): boolean {
  if (!/^\d{8}$/.test(text)) return false;
  const iso = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso);
}
