import type { Language } from '@gradshot/domain';

/** `2500` fen → `25.00`. */
export const yuanOf = (fen: number): string => (fen / 100).toFixed(2);

const two = (value: number) => String(value).padStart(2, '0');

/** Local date and time by hand: WeChat's engine has no Intl on some phones. */
export function dateTimeOf(iso: string, language: Language): string {
  const at = new Date(iso);
  const time = `${two(at.getHours())}:${two(at.getMinutes())}`;
  return language === 'zh'
    ? `${at.getMonth() + 1}月${at.getDate()}日 ${time}`
    : `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${time}`;
}

/** Local day: `2027年5月22日` or `2027-05-22`. */
export function dateOf(iso: string, language: Language): string {
  const at = new Date(iso);
  return language === 'zh'
    ? `${at.getFullYear()}年${at.getMonth() + 1}月${at.getDate()}日`
    : `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

export function timeOf(iso: string): string {
  const at = new Date(iso);
  return `${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** 1 KB is 1024 bytes, as in the photo profiles. */
export const kilobytesOf = (bytes: number): string => (bytes / 1024).toFixed(1);
