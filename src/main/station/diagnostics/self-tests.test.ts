import { expect, it } from 'vitest';
import type { TetheredState, TetheredView } from '../../../shared/index.ts';
import { diagnosticsFile } from './diagnostics-file.ts';
import { type Findings, runSelfTests, SELF_TESTS } from './self-tests.ts';

const GIGABYTE = 1024 ** 3;
const WELL: Findings = {
  database: 'ok',
  freeBytes: 100 * GIGABYTE,
  diskReserveBytes: GIGABYTE,
  keyOpens: true,
  imaging: { ready: true, provider: 'cpu', models: 6, trials: [] },
  enrolled: true,
  serverReached: true,
  clockSkewMs: 400,
  camera: { state: 'ready', at: 0 },
  tethered: undefined,
  usb: { seen: [], compared: { missing: [], foreign: [] } },
  scanners: [],
  printers: [],
  outbox: { waiting: 0, parked: 0 },
  profiles: [{ profileId: 'chsi-480x640' }],
  recovery: undefined,
  quarantined: 0,
  offlineRoster: undefined,
  offlineConflicts: 0,
  tablets: { listener: { kind: 'off' }, paired: [] },
};

const REACHED: Findings['tablets']['listener'] = {
  ...{ kind: 'open', port: 8643, fingerprint: 'AB12' },
  addresses: [{ address: '192.168.1.20', network: 'eth0' }],
};
const RECOVERED: Findings['recovery'] = {
  at: '2026-11-23T01:02:03.000Z',
  trouble: 'damaged',
  fromCopy: true,
  rebuilt: 3,
  quarantined: 0,
};

const folder = (state: TetheredState): TetheredView => ({
  source: { kind: 'watchFolder', folder: '/photos' },
  state,
  listening: false,
});
const GONE: TetheredState = { kind: 'failed', code: 'camera.folderMissing', lost: true };

const PAPER_OUT = {
  task: 'receipt',
  name: 'TM-T88',
  failure: { code: 'station.printerPaper' },
} as const;

const level = (code: string, findings: Partial<Findings>) =>
  runSelfTests({ ...WELL, ...findings }).find((line) => line.code === code)?.level;

it('passes a station that is well', () => {
  expect(runSelfTests(WELL).map((line) => line.level)).toEqual(SELF_TESTS.map(() => 'pass'));
});

it('numbers every test once', () => {
  expect(SELF_TESTS.map((test) => test.number)).toEqual(SELF_TESTS.map((_, index) => index + 1));
});

it.each<[string, string, Partial<Findings>]>([
  ['offlineRoster', 'pass', { offlineRoster: { people: 3200, ageDays: 6 } }],
  ['offlineRoster', 'warn', { offlineRoster: { people: 3200, ageDays: 7 } }],
  ['offlineRoster', 'warn', { offlineConflicts: 1 }],
  ['scanners', 'pass', { scanners: [{ name: 'Xenon', state: 'read' }] }],
  ['scanners', 'warn', { scanners: [{ name: 'Xenon', state: 'denied' }] }],
  ['scanners', 'warn', { scanners: [{ name: 'Xenon', state: 'unsupported' }] }],
  ['database', 'fail', { database: 'row 1 missing from index' }],
  ['disk.space', 'fail', { freeBytes: GIGABYTE / 2 }],
  ['disk.space', 'warn', { freeBytes: 2 * GIGABYTE }],
  ['key', 'fail', { keyOpens: false }],
  ['imaging', 'warn', { imaging: { ...WELL.imaging, ready: false } }],
  ['imaging', 'fail', { imaging: { ...WELL.imaging, error: 'imaging.crashed' } }],
  ['enrolment', 'fail', { enrolled: false }],
  ['server', 'fail', { serverReached: false }],
  ['clock', 'warn', { clockSkewMs: -45_000 }],
  ['clock', 'fail', { clockSkewMs: 3_600_000 }],
  ['clock', 'warn', { clockSkewMs: undefined }],
  ['camera', 'warn', { camera: undefined }],
  ['camera', 'fail', { camera: { state: 'camera.denied', at: 0 } }],
  ['camera', 'pass', { camera: undefined, tethered: folder({ kind: 'ready', label: 'dcim' }) }],
  ['camera', 'warn', { tethered: folder({ kind: 'opening' }) }],
  ['camera', 'fail', { tethered: folder(GONE) }],
  ['usb', 'warn', { usb: undefined }],
  ['printers', 'pass', { printers: [{ task: 'photo', name: 'DS', failure: undefined }] }],
  ['printers', 'fail', { printers: [PAPER_OUT] }],
  ['outbox', 'warn', { outbox: { waiting: 3, parked: 0 } }],
  ['outbox', 'fail', { outbox: { waiting: 3, parked: 1 } }],
  ['profile', 'warn', { profiles: undefined }],
  ['recovery', 'fail', { recovery: RECOVERED }],
  ['quarantine', 'warn', { quarantined: 1 }],
  ['tablets', 'pass', { tablets: { listener: REACHED, paired: [] } }],
  ['tablets', 'warn', { tablets: { listener: { kind: 'opening' }, paired: [] } }],
  ['tablets', 'warn', { tablets: { listener: { kind: 'noNetwork' }, paired: [] } }],
  ['tablets', 'fail', { tablets: { listener: { kind: 'portTaken', port: 8643 }, paired: [] } }],
  ['tablets', 'fail', { tablets: { listener: { kind: 'failed', reason: 'EACCES' }, paired: [] } }],
  ['profile', 'fail', { profiles: [{ profileId: 'chsi-480x640', profileVersion: 999 }] }],
])('%s: %s', (code, expected, findings) => {
  expect(level(code, findings)).toBe(expected);
});

it('tells staff what to do about a tethered camera, and not to call themselves', () => {
  const line = runSelfTests({ ...WELL, tethered: folder(GONE) }).find(
    ({ code }) => code === 'camera',
  );
  expect(line).toMatchObject({ number: 8, zh: expect.stringContaining('核对路径') });
  expect(line?.zh).not.toContain('联系工作人员');
});

it('names the printer that does not print, and what staff do about it', () => {
  const line = runSelfTests({ ...WELL, printers: [PAPER_OUT] }).find(
    ({ code }) => code === 'printers',
  );
  expect(line).toMatchObject({
    number: 15,
    zh: expect.stringContaining('凭条「TM-T88」：打印机缺纸：请装纸'),
  });
  expect(line?.zh).not.toContain('联系工作人员');
});

it('exports nothing that looks personal', () => {
  const file = diagnosticsFile({
    at: '2026-11-23T01:02:03.000Z',
    version: '1',
    platform: 'linux x64',
    lines: runSelfTests(WELL),
    events: [{ at: 0, kind: 'x', facts: { note: '11010519491231002X' } }],
  });
  expect(file.fileName).toBe('gradshot-diagnostics-2026-11-23T01-02-03-000Z.json');
  expect(file.text).not.toContain('19491231');
});

it('names the model that does not fit, and what is wrong with it', () => {
  const failure = {
    code: 'imaging.modelUnusable',
    details: { file: 'modnet.onnx', why: 'it has no output matte' },
  } as const;
  const imaging = { ready: false, models: 0, trials: [], error: failure.code, failure };
  const line = runSelfTests({ ...WELL, imaging }).find(({ code }) => code === 'imaging');
  expect(line?.level).toBe('fail');
  expect(line?.zh).toContain('modnet.onnx：it has no output matte');
});

it('says which provider is used and why the others are not', () => {
  const trials = [
    { provider: 'cuda', usable: false, why: 'absent', reason: 'no graphics device' },
    {
      provider: 'webgpu',
      usable: false,
      why: 'slower',
      reason: 'slower than cpu: 90 ms against 30 ms',
    },
    { provider: 'cpu', usable: true, medianMs: 30 },
  ] as const;
  const lookAt = (given: Findings['imaging']['trials']) =>
    runSelfTests({ ...WELL, imaging: { ...WELL.imaging, trials: given } }).find(
      ({ code }) => code === 'imaging.provider',
    );
  expect(lookAt(trials)).toEqual({
    number: 12,
    code: 'imaging.provider',
    level: 'pass',
    zh: '照片处理使用 cpu；未用 cuda：没有相应的显卡（no graphics device）；未用 webgpu：比 CPU 慢（slower than cpu: 90 ms against 30 ms）。',
    en: 'The networks run on cpu; not on cuda: no graphics device; not on webgpu: slower than cpu: 90 ms against 30 ms.',
  });
  const crashed = {
    provider: 'dml',
    usable: false,
    why: 'crashed',
    reason: 'its trial ended',
  } as const;
  expect(lookAt([crashed])).toMatchObject({ level: 'warn', zh: expect.stringContaining('驱动') });
});
