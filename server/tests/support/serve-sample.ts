import { createServerLog, OPEN_SAMPLE_SCHOOLS, startServer } from '../../src/index.ts';
import type { ServerProcessOptions } from './server-process.ts';

const options = JSON.parse(process.env.SERVE_OPTIONS ?? '') as ServerProcessOptions;
const server = await startServer({ ...options, sample: true, logger: createServerLog('silent') });
const { code } = await server.createEnrolmentCode(OPEN_SAMPLE_SCHOOLS[0]?.code ?? '');
process.send?.({ url: server.url, enrolmentCode: code });
process.once('SIGTERM', () => {
  void server.close().then(() => process.exit(0));
});
