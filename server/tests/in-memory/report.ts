import type { StandardizationReport } from '@gradshot/domain';
import { CHSI } from './profile.ts';

export function makeReport(bytes: number): StandardizationReport {
  return {
    accepted: true,
    profile: { id: CHSI.id, version: CHSI.version },
    output: { width: 480, height: 640, bytes, quality: 80, dpi: 300 },
    checks: [],
    timingsMs: { total: 500 },
    models: { detect: '0123456789ab' },
    provider: 'cpu',
    engineVersion: '1',
  };
}
