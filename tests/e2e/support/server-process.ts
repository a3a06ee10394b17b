import { createServerLog, OPEN_SAMPLE_SCHOOLS, startServer } from '@gradshot/server';
import pino from 'pino';

/** The server alone in a process of its own, so that a test can kill it and start it again. */

type Setup = Pick<
  Parameters<typeof startServer>[0],
  'dataDir' | 'databaseUrl' | 'port' | 'gateway' | 'wechatPay' | 'sms' | 'messages'
>;

process.once('message', (setup: Setup) => void run(setup));

async function run(setup: Setup): Promise<void> {
  const server = await startServer({
    ...setup,
    sample: true,
    reviewHoldSeconds: 0,
    logger: createServerLog('warn', pino.destination({ dest: `${setup.dataDir}.log`, sync: true })),
  });
  const { code } = await server.createEnrolmentCode(OPEN_SAMPLE_SCHOOLS[0]?.code ?? '');
  process.send?.({ url: server.url, enrolmentCode: code });
}
