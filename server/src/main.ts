import { settingsFromEnvironment } from './deployment-settings.ts';
import { createServerLog } from './server-log.ts';
import { startServer } from './start-server.ts';

/** Entry of a real deployment: settings come from the environment, see server/README.md. */
const settings = settingsFromEnvironment(process.env);
if (!settings.ok) {
  for (const fault of settings.faults) console.error(fault);
  process.exit(2);
}

const logger = createServerLog(settings.logLevel);
const server = await startServer({ ...settings.options, logger });
logger.info({ url: server.url }, 'listening');

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    logger.info({ signal }, 'closing');
    void server.close().then(() => process.exit(0));
  });
