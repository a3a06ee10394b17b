import {
  type CheckResult,
  MACHINE_CHECKS,
  type OutputGeometry,
  type StandardizationReport,
} from '@gradshot/domain';

/** Well inside the window of `chsi-480x640`. */
const GEOMETRY: OutputGeometry = {
  hairTopY: 80,
  eyeLineY: 250,
  faceWidth: 240,
  faceCentreX: 240,
  rollDeg: 0.4,
  yawDeg: -1.2,
  pitchDeg: 2.1,
};

/** A check that passed, or another level of it. `code` is one of `MACHINE_CHECKS`. */
export function buildCheck(
  code: keyof typeof MACHINE_CHECKS,
  changes: Partial<CheckResult> = {},
): CheckResult {
  const { zh, en, unit } = MACHINE_CHECKS[code];
  return { code, level: 'pass', value: 0, limit: null, unit, zh, en, ...changes };
}

/** An accepted photo's report: every machine check passed. */
export function buildReport(changes: Partial<StandardizationReport> = {}): StandardizationReport {
  const codes = Object.keys(MACHINE_CHECKS) as (keyof typeof MACHINE_CHECKS)[];
  return {
    accepted: true,
    profile: { id: 'chsi-480x640', version: 1 },
    output: { width: 480, height: 640, bytes: 36_000, quality: 88, dpi: 300 },
    geometry: GEOMETRY,
    checks: codes.map((code) => buildCheck(code)),
    timingsMs: { total: 500 },
    models: {},
    provider: 'cpu',
    engineVersion: 'test',
    ...changes,
  };
}

/** Of a photo that could be made, and that these checks refused; the first one is the reason. */
export function buildRefusedPhoto(
  ...failed: readonly [keyof typeof MACHINE_CHECKS, ...(keyof typeof MACHINE_CHECKS)[]]
): StandardizationReport {
  const report = buildReport();
  const [code] = failed;
  const { zh, en } = MACHINE_CHECKS[code];
  return {
    ...report,
    accepted: false,
    reason: { code, zh: `不符合要求：${zh}`, en: `Not met: ${en}` },
    checks: report.checks.map((check) =>
      failed.some((one) => one === check.code) ? { ...check, level: 'fail', value: 9 } : check,
    ),
  };
}

/** A refused photo's report, for one reason. */
export function buildRefusal(code: keyof typeof MACHINE_CHECKS): StandardizationReport {
  const { zh, en } = MACHINE_CHECKS[code];
  const { output: _output, geometry: _geometry, ...report } = buildReport();
  return {
    ...report,
    accepted: false,
    reason: { code, zh: `不符合要求：${zh}`, en: `Not met: ${en}` },
    checks: [buildCheck(code, { level: 'fail', value: 99, limit: 1 })],
  };
}
