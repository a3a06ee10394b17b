import {
  type CheckLevel,
  type CheckResult,
  type Limits,
  MACHINE_CHECKS,
  type MachineCheckCode,
  mayRefuse,
  type Range,
} from '@gradshot/domain';
import { SENTENCES, type SentenceKey } from './sentences.ts';

export type Hint = NonNullable<CheckResult['hint']>;

/** Where to look for what is wrong everywhere. */
export const WHOLE_PICTURE: Hint = { x: 0, y: 0, width: 1, height: 1 };

type Measured = {
  readonly value: number | null;
  readonly limit: CheckResult['limit'];
  readonly level: CheckLevel;
};

/** How a check says its result: what it says when all is well is the sentence named `pass`. */
export type Saying = { readonly problem: SentenceKey; readonly hint?: Hint | undefined };

/** The larger the worse. */
export function holdBelow(
  code: MachineCheckCode,
  value: number | null,
  limits: Limits,
  saying: Saying,
): CheckResult {
  const level = grade(value, (limit) => value! > limit, limits);
  return conclude(
    code,
    { value, limit: limits[level === 'fail' ? 'fail' : 'warn'], level },
    saying,
  );
}

/** The smaller the worse. */
export function holdAbove(
  code: MachineCheckCode,
  value: number | null,
  limits: Limits,
  saying: Saying,
): CheckResult {
  const level = grade(value, (limit) => value! < limit, limits);
  return conclude(
    code,
    { value, limit: limits[level === 'fail' ? 'fail' : 'warn'], level },
    saying,
  );
}

/** Outside the range it fails: the ranges of a profile leave no room for opinions. */
export function holdWithin(
  code: MachineCheckCode,
  value: number,
  range: Range,
  saying: Saying,
): CheckResult {
  const inside = value >= range[0] && value <= range[1];
  return conclude(code, { value, limit: range, level: inside ? 'pass' : 'fail' }, saying);
}

function grade(
  value: number | null,
  beyond: (limit: number) => boolean,
  limits: Limits,
): CheckLevel {
  if (value === null) return 'warn';
  if (beyond(limits.fail)) return 'fail';
  return beyond(limits.warn) ? 'warn' : 'pass';
}

export function conclude(
  code: MachineCheckCode,
  { value, limit, level }: Measured,
  { problem, hint }: Saying,
): CheckResult {
  const allowed = level === 'fail' && !mayRefuse(code) ? 'warn' : level;
  const unmeasured = value === null && allowed === 'warn';
  const key = allowed === 'pass' ? 'pass' : unmeasured ? 'unmeasured' : problem;
  const { zh, en } = SENTENCES[key];
  return {
    code,
    level: allowed,
    value: value === null ? null : roundForReading(value),
    limit,
    unit: MACHINE_CHECKS[code].unit,
    zh,
    en,
    ...(hint && allowed !== 'pass' ? { hint } : {}),
  };
}

/** Three significant digits: more would claim an accuracy that no check has. */
function roundForReading(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(value >= 100 ? 4 : 3)) : value;
}
