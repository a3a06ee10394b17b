import type { CheckLevel, CheckResult } from '@gradshot/domain';

/** Checks by level, in the engine's order within each. */
export type SortedChecks = Readonly<Record<CheckLevel, readonly CheckResult[]>>;

export function sortChecks(checks: readonly CheckResult[]): SortedChecks {
  const of = (level: CheckLevel) => checks.filter((check) => check.level === level);
  return { fail: of('fail'), warn: of('warn'), pass: of('pass') };
}

/** The check to point at first: the first failed one that has a place on the original. */
export function firstToShow({ fail, warn }: SortedChecks): CheckResult | undefined {
  return [...fail, ...warn].find(({ hint }) => hint !== undefined);
}

/** Three digits at most, and never an exponent: a ratio near zero is shown as 0. */
function number(value: number): string {
  const size = Math.abs(value);
  return String(Number(value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3)));
}

/** A measured value with its unit, e.g. `12.4°` or `38 px`. */
export function measure(value: number, unit: string): string {
  const gap = unit === '' || unit === '°' || unit === '%' ? '' : ' ';
  return `${number(value)}${gap}${unit === 'faces' ? '' : unit}`.trim();
}

/** The limit as it reads beside the value: a range, or the number on whose other side it should be. */
export function limitText({ limit, value, unit }: CheckResult): string | undefined {
  if (limit === null) return undefined;
  if (typeof limit !== 'number') return `${number(limit[0])}–${measure(limit[1], unit)}`;
  if (value === null) return measure(limit, unit);
  return `${value > limit ? '≤' : '≥'} ${measure(limit, unit)}`;
}
