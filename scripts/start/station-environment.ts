import { join } from 'node:path';
import { ROOT } from '../setup/install.mjs';
import { pinnedEnvironment } from '../setup/pinned-node.mjs';
import type { StartOptions } from './options.mjs';
import type { FromSample } from './sample-messages.ts';

/** The staff PIN of the sample station, printed at the start. */
export const SAMPLE_PIN = '135790';

/** What the station process is told; see src/main/launch-settings.ts. */
export function stationEnvironment(facts: {
  readonly options: StartOptions;
  readonly dataDir: string;
  readonly sample: FromSample | undefined;
}): NodeJS.ProcessEnv {
  const { options, dataDir, sample } = facts;
  return {
    ...pinnedEnvironment(),
    GRADSHOT_DATA: join(dataDir, 'station'),
    GRADSHOT_MODELS: join(ROOT, 'resources/models'),
    GRADSHOT_PORT: String(options.port),
    GRADSHOT_WINDOWED: options.windowed ? '1' : '0',
    GRADSHOT_SAMPLE: sample ? '1' : '0',
    ...(options.server ? { GRADSHOT_SERVER: options.server } : {}),
    ...(sample ? { GRADSHOT_ENROL: sampleEnrolment(sample) } : {}),
  };
}

function sampleEnrolment(sample: FromSample): string {
  return JSON.stringify({
    serverUrl: sample.serverUrl,
    code: sample.enrolmentCode,
    name: '演示采集点',
    pin: SAMPLE_PIN,
  });
}
