import { MACHINE_CHECKS, type MachineCheckCode } from './machine-checks.ts';
import type { CheckResult, StandardizationReport } from './standardization.ts';

/**
 * 工作人员放行: staff take a photo that the machine refused, because they see what it cannot. Which checks
 * allow it stands with the checks.
 */
export type Release = {
  /** Every check that refused the photo. */
  readonly checks: readonly MachineCheckCode[];
  readonly cause: ReleaseCause;
  /** In the words of staff, about what they saw. */
  readonly text?: string;
  /** By the station's clock. */
  readonly at: string;
};

type CauseText = { readonly zh: string; readonly en: string };

/** Why, for the reviewer and for the report of the day. */
export const RELEASE_CAUSES = {
  misjudged: { zh: '机器判断有误，现场看符合要求', en: 'The machine is wrong, it is fine to see' },
  health: { zh: '身体原因，无法做到', en: 'Not possible for reasons of health' },
  noBetter: { zh: '多次重拍仍不能改善', en: 'Other shots came out no better' },
  other: { zh: '其他原因', en: 'Another reason' },
} as const satisfies Readonly<Record<string, CauseText>>;
export type ReleaseCause = keyof typeof RELEASE_CAUSES;
export const RELEASE_CAUSE_CODES = Object.keys(RELEASE_CAUSES) as readonly ReleaseCause[];

export const MAX_RELEASE_TEXT = 100;

type Judged = Pick<StandardizationReport, 'accepted' | 'reason' | 'checks'>;

const failedOf = ({ checks }: Pick<Judged, 'checks'>) =>
  checks.filter(({ level }) => level === 'fail');

/** What refused the photo: failed checks, else the reason why there was nothing to check. */
export function refusedBy(report: Judged): readonly string[] {
  if (report.accepted) return [];
  const codes = failedOf(report).map(({ code }) => code);
  return codes.length === 0 && report.reason ? [report.reason.code] : codes;
}

/** Whether staff may overrule that check on what it measured. */
export function mayOverrule({ code, value }: Pick<CheckResult, 'code' | 'value'>): boolean {
  if (!Object.hasOwn(MACHINE_CHECKS, code)) return false;
  const check = MACHINE_CHECKS[code as MachineCheckCode];
  if (!('release' in check)) return false;
  if (check.release === 'byEye') return true;
  return value !== null && Math.abs(value) <= check.release;
}

/** What refused the photo and cannot be overruled: with any of it, only another shot helps. */
export function beyondRelease(report: StandardizationReport): readonly string[] {
  if (report.accepted) return [];
  const failed = failedOf(report);
  const stays = failed.filter((check) => !mayOverrule(check)).map(({ code }) => code);
  const { reason, output } = report;
  const told = reason === undefined || failed.some(({ code }) => code === reason.code);
  // Without a photo, or refused for what no check measures: there is nothing to be overruled.
  const isWhole = output !== undefined && told && failed.length > 0;
  return isWhole || stays.length > 0 ? stays : refusedBy(report);
}

/** Whether staff may take the photo of that report. */
export function mayRelease(report: StandardizationReport): boolean {
  return refusedBy(report).length > 0 && beyondRelease(report).length === 0;
}

/** Whether a photo may go on: accepted by the machine, or released from exactly what refused it. */
export function mayGoOn(report: StandardizationReport, release: Release | undefined): boolean {
  if (!release) return report.accepted;
  const refused = new Set(refusedBy(report));
  const named = new Set<string>(release.checks);
  return (
    mayRelease(report) && refused.size === named.size && [...refused].every((x) => named.has(x))
  );
}
