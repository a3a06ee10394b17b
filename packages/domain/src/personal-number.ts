/** What people write between the digits of a number. */
const SEPARATORS = /[\s\-–—·.,，、()（）/]/gu;
const CHINESE_DIGITS = '零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖';
/** The shortest number by which somebody is known or reached: an ID of Macao, a landline. */
const LEAST_DIGITS = 7;
const NUMBER = new RegExp(`[0-9]{${LEAST_DIGITS},}|[${CHINESE_DIGITS}]{${LEAST_DIGITS},}`, 'u');

/**
 * Whether a text holds what may be somebody's ID or telephone number, however it is spaced or written.
 * Free text about a person is for what was seen, and such numbers have no place in it.
 */
export function holdsPersonalNumber(text: string): boolean {
  return NUMBER.test(text.normalize('NFKC').replace(SEPARATORS, ''));
}
