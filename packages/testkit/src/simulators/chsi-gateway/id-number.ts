/**
 * ID numbers that pass every syntax check and belong to nobody: area codes 990000 and above were
 * never assigned, and neither was the Hong Kong number 000000.
 */

/** GB 11643-1999: ISO 7064 MOD 11-2 over the first 17 digits. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECK_CHARACTERS = '10X98765432';

/** Appends the check character to 17 digits. */
export function withCheckCharacter(first17: string): string {
  if (!/^\d{17}$/.test(first17)) throw new Error('A mainland ID number starts with 17 digits');
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(first17[index]), 0);
  return first17 + CHECK_CHARACTERS[sum % 11];
}

/** An impossible mainland number: unassigned area, real date form, right check character. */
export function impossibleMainlandId(birthDate: string, sequence: number): string {
  return withCheckCharacter(`990000${birthDate}${String(sequence).padStart(3, '0')}`);
}

/**
 * An impossible Hong Kong identity card number in its usual form, e.g. `Z000001(2)`. The check
 * digit makes the weighted sum (space 36 × 9, letter × 8, digits × 7…2) divisible by 11.
 */
export function impossibleHongKongId(sequence: number): string {
  const digits = String(sequence).padStart(6, '0');
  const letter = 'Z'.charCodeAt(0) - 'A'.charCodeAt(0) + 10;
  const sum = [...digits].reduce(
    (total, digit, index) => total + Number(digit) * (7 - index),
    36 * 9 + letter * 8,
  );
  const check = (11 - (sum % 11)) % 11;
  return `Z${digits}(${check === 10 ? 'A' : check})`;
}
