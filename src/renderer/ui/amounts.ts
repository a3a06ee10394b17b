import type { Language } from '@gradshot/domain';

/** `2550` fen → `25.50`; the sign stands apart so that it can be set smaller. */
export function yuan(fen: number): string {
  return (fen / 100).toFixed(2);
}

/** Seconds → `4:05`; never negative. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

const locale = (language: Language): string => (language === 'zh' ? 'zh-CN' : 'en-GB');

/** A day for a promise, e.g. `11月25日星期三`. */
export function day(iso: string, language: Language): string {
  return new Intl.DateTimeFormat(locale(language), {
    month: 'long',
    day: 'numeric',
    weekday: 'long',
  }).format(new Date(iso));
}

/** Of today, e.g. `14:05`. */
export function timeOfDay(iso: string, language: Language): string {
  return new Intl.DateTimeFormat(locale(language), {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(iso));
}

/** A moment for a list, e.g. `11月23日 14:05`. */
export function moment(iso: string, language: Language): string {
  return new Intl.DateTimeFormat(locale(language), {
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(iso));
}
