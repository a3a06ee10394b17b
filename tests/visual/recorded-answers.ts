import type { DiagnosticLine, OutboxEntryView } from '../../src/shared/index.ts';
import type { Recording } from './station-double.ts';

const outbox: OutboxEntryView[] = [
  {
    id: 'a1',
    kind: 'deliver',
    orderNo: 'G20261123000186',
    attempts: 12,
    state: 'parked',
    lastError: 'photo.digestMismatch',
    createdAt: '2026-11-23T05:40:00.000Z',
  },
  {
    id: 'a2',
    kind: 'submit',
    orderNo: 'G20261123000185',
    attempts: 1,
    state: 'sending',
    createdAt: '2026-11-23T06:31:00.000Z',
  },
];

const diagnostics: DiagnosticLine[] = [
  { number: 1, code: 'disk.space', level: 'pass', zh: '磁盘剩余 182 GB。', en: '182 GB free.' },
  {
    number: 2,
    code: 'camera.present',
    level: 'fail',
    zh: '没有检测到摄像头，请检查连接线后重新自检。',
    en: 'No camera was found. Check the cable and run the test again.',
  },
  {
    number: 3,
    code: 'clock.skew',
    level: 'warn',
    zh: '本机时间比服务器慢 42 秒，请打开自动校时。',
    en: 'The clock is 42 seconds slow. Turn on automatic time.',
  },
  {
    number: 4,
    code: 'server.reachable',
    level: 'pass',
    zh: '服务器连接正常。',
    en: 'Server reached.',
  },
];

export const ANSWERS: NonNullable<Recording['answers']> = {
  'staff.outbox': { ok: true, value: outbox },
  'dev.faults': { ok: true, value: ['offline'] },
  'staff.diagnostics': { ok: true, value: diagnostics },
};
