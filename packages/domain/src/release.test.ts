import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MACHINE_CHECK_CODES, type MachineCheckCode, mayRefuse } from './machine-checks.ts';
import {
  beyondRelease,
  mayGoOn,
  mayOverrule,
  mayRelease,
  type Release,
  refusedBy,
} from './release.ts';
import type { CheckResult, StandardizationReport } from './standardization.ts';

const check = (code: string, level: CheckResult['level'], value: number | null): CheckResult => ({
  ...{ code, level, value, limit: null, unit: '', zh: '。', en: '.' },
});

/** As the engine writes it: the first failed check of the catalogue is the reason. */
function reportOf(
  failed: readonly string[],
  changes: Partial<StandardizationReport> = {},
): StandardizationReport {
  const [first] = failed;
  return {
    accepted: first === undefined,
    ...(first === undefined ? {} : { reason: { code: first, zh: '。', en: '.' } }),
    profile: { id: 'chsi-480x640', version: 1 },
    output: { width: 480, height: 640, bytes: 36_000, quality: 88, dpi: 300 },
    checks: MACHINE_CHECK_CODES.map((code) =>
      check(code, failed.includes(code) ? 'fail' : 'pass', 0),
    ),
    timingsMs: {},
    models: {},
    provider: 'cpu',
    engineVersion: '1',
    ...changes,
  };
}

const releaseOf = (...checks: MachineCheckCode[]): Release => ({
  ...{ checks, cause: 'misjudged', at: '2026-11-23T01:00:00.000Z' },
});

const anyCodes = fc.uniqueArray(fc.constantFrom(...MACHINE_CHECK_CODES.filter(mayRefuse)));

describe('which checks staff may overrule', () => {
  test('never what the regulation sets in figures, who is there, or what another shot mends', () => {
    const never = MACHINE_CHECK_CODES.filter(mayRefuse).filter(
      (code) => !mayOverrule(check(code, 'fail', 0)),
    );
    expect(never).toEqual([
      'face.count',
      'pose.yaw',
      'pose.pitch',
      'frame.head',
      'frame.shoulders',
      'frame.hairTop',
      'frame.eyeLine',
      'frame.faceWidth',
      'frame.centre',
      'picture.sharpness',
      'picture.resolution',
      'picture.compression',
      'file.size',
    ]);
  });

  test('none that only advises: there is nothing to overrule', () => {
    for (const code of MACHINE_CHECK_CODES)
      if (!mayRefuse(code)) expect(mayOverrule(check(code, 'fail', 0)), code).toBe(false);
  });

  test('a tilt only as far as 学信网 takes it', () => {
    expect([8.5, 10, 10.1, null].map((value) => mayOverrule({ code: 'pose.roll', value }))).toEqual(
      [true, true, false, false],
    );
  });

  test('nothing that this program does not know', () => {
    for (const code of ['light.moon', 'toString', 'imaging.noFace'])
      expect(mayOverrule(check(code, 'fail', 0))).toBe(false);
  });
});

describe('a photo may go on', () => {
  test('when the machine accepts it, and then nobody has anything to release', () => {
    expect(mayGoOn(reportOf([]), undefined)).toBe(true);
    expect(mayRelease(reportOf([]))).toBe(false);
    expect(mayGoOn(reportOf([]), releaseOf('light.evenness'))).toBe(false);
  });

  test('when exactly what refused it was overruled, and all of that may be', () => {
    fc.assert(
      fc.property(anyCodes, anyCodes, (failed, named) => {
        const report = reportOf(failed);
        const same = [...failed].sort().join() === [...named].sort().join();
        const allowed = failed.every((code) => mayOverrule(check(code, 'fail', 0)));
        const goesOn = failed.length > 0 && same && allowed;
        expect(mayGoOn(report, releaseOf(...named))).toBe(goesOn);
        expect(mayGoOn(report, undefined)).toBe(failed.length === 0);
        expect(beyondRelease(report).length === 0).toBe(allowed);
      }),
    );
  });

  test('never without a photo, or refused for what no check measures', () => {
    const { output: _none, ...bare } = reportOf(['light.evenness']);
    expect(mayGoOn(bare, releaseOf('light.evenness'))).toBe(false);
    expect(beyondRelease(bare)).toEqual(['light.evenness']);
    const reason = { code: 'imaging.noFace', zh: '。', en: '.' };
    const faceless = reportOf([], { accepted: false, reason });
    expect(mayRelease(faceless)).toBe(false);
    expect([refusedBy(faceless), beyondRelease(faceless)]).toEqual([
      ['imaging.noFace'],
      ['imaging.noFace'],
    ]);
    expect(mayRelease(reportOf(['light.evenness'], { reason }))).toBe(false);
    expect(mayRelease(reportOf([], { accepted: false }))).toBe(false);
  });
});
