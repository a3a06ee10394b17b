/**
 * Masking of personal data for views and logs. One direction only: the masked form never carries
 * enough to rebuild the value.
 */

/** `张三` → `张*`, `欧阳小明` → `欧**明`, `Li Hua` → `L****a`; keeps the first and, from three characters on, the last. */
export function maskName(name: string): string {
  const characters = [...name.trim()];
  if (characters.length <= 1) return '*';
  if (characters.length === 2) return `${characters[0]}*`;
  return `${characters[0]}${'*'.repeat(characters.length - 2)}${characters.at(-1)}`;
}

/**
 * Keeps the first three and the last four characters of an 18-character ID number
 * (`110***********001X`), fewer of anything shorter.
 */
export function maskIdNumber(idNumber: string): string {
  const value = idNumber.trim();
  if (value.length >= 15)
    return `${value.slice(0, 3)}${'*'.repeat(value.length - 7)}${value.slice(-4)}`;
  if (value.length <= 2) return '*'.repeat(value.length);
  return `${value[0]}${'*'.repeat(value.length - 2)}${value.at(-1)}`;
}

/**
 * A masked ID number without its last four characters: what may be shown before somebody has proved
 * that they know them (`110***********001X` → `110***************`).
 */
export function hideLastFour(masked: string): string {
  const shown = Math.max(0, masked.length - 4);
  return masked.slice(0, shown) + '*'.repeat(masked.length - shown);
}

/** `13812345678` → `138****5678`; of a shorter number nothing is shown, too little would be hidden. */
export function maskPhone(phone: string): string {
  const value = phone.trim();
  if (value.length < 11) return '*'.repeat(value.length);
  return `${value.slice(0, 3)}${'*'.repeat(value.length - 7)}${value.slice(-4)}`;
}

/** Replaces everything that looks like an ID number or a mobile number in free text (logs). */
export function redact(text: string): string {
  return text
    .replace(/\b\d{17}[\dXx]\b/g, (id) => maskIdNumber(id))
    .replace(/\b1[3-9]\d{9}\b/g, (phone) => maskPhone(phone));
}
