import { createServerLog, OPEN_SAMPLE_SCHOOLS, startServer } from '../../src/index.ts';
import type { Standardizer } from '../../src/ports/standardizer.ts';
import type { ServerProcessOptions } from './server-process.ts';
import { createTestStandardizer } from './standardizing.ts';

const options = JSON.parse(process.env.SERVE_OPTIONS ?? '') as ServerProcessOptions;
const server = await startServer({
  ...options,
  sample: true,
  standardizer: options.hang ? createHangingStandardizer() : createTestStandardizer(),
  logger: createServerLog('silent'),
});
const { code } = await server.createEnrolmentCode(OPEN_SAMPLE_SCHOOLS[0]?.code ?? '');
process.send?.({ url: server.url, enrolmentCode: code });
process.once('SIGTERM', () => {
  void server.close().then(() => process.exit(0));
});

/** Begins every photo and ends none. */
function createHangingStandardizer(): Standardizer {
  return {
    standardize(_original, _profile, onProgress) {
      onProgress({ stage: 'segment', fraction: 0.4 });
      return new Promise(() => undefined);
    },
    renderSheets: () => new Promise(() => undefined),
    compareIdentity: () => new Promise(() => undefined),
    close: async () => undefined,
  };
}
