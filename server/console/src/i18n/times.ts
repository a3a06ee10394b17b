import type { Language } from '@gradshot/domain';

/** Everybody concerned lives by Beijing time, wherever the browser thinks it is. */
const ZONE = 'Asia/Shanghai';
const LOCALES: Readonly<Record<Language, string>> = { zh: 'zh-CN', en: 'en-GB' };

const PARTS = {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
} as const;

/** `2026-11-23 14:05` */
export function dateTime(iso: string | Date): string {
  const parts = new Intl.DateTimeFormat('en-GB', { ...PARTS, timeZone: ZONE }).formatToParts(
    new Date(iso),
  );
  const part = (type: string) => parts.find((x) => x.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}`;
}

/** `14:05` today, else `11-22 14:05`. */
export function shortTime(iso: string, now = new Date()): string {
  const text = dateTime(iso);
  return text.slice(0, 10) === dateTime(now).slice(0, 10) ? text.slice(11) : text.slice(5);
}

const HOUR_MS = 3_600_000;
/** From this age on it is told in that unit: 26 hours say more to a reviewer than "yesterday". */
const STEPS = [
  ['day', 24 * HOUR_MS, 48 * HOUR_MS],
  ['hour', HOUR_MS, HOUR_MS],
  ['minute', 60_000, 0],
] as const;

/** How long ago, e.g. `3小时前`; `现在` within the last minute. */
export function ago(iso: string, language: Language, now = Date.now()): string {
  const past = now - Date.parse(iso);
  if (past < 60_000)
    return new Intl.RelativeTimeFormat(LOCALES[language], { numeric: 'auto' }).format(0, 'second');
  const [unit, length] = STEPS.find((step) => past >= step[2]) ?? STEPS[2];
  const format = new Intl.RelativeTimeFormat(LOCALES[language]);
  return format.format(-Math.floor(past / length), unit);
}

/** `4:05`; never below zero. */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** CNY fen as yuan: `25.00`. */
export function yuan(fen: number): string {
  return (fen / 100).toFixed(2);
}
