import { fileURLToPath } from 'node:url';
import { forkImagingChild } from '@gradshot/imaging';
import { startLoopbackServer } from './browser-shell/loopback-server.ts';
import { answerSupervisor, type Supervised } from './browser-shell/supervisor.ts';
import { loadKeyFile, lockDataFolder, refuseSealedKey } from './data-folder.ts';
import { launchSettings, userDataFolder } from './launch-settings.ts';
import { openStation, startOrTell } from './open-station.ts';
import { openStationLog } from './station-log.ts';

/** Composition root of the browser shell: the station behind a loopback port. */

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

await answerSupervisor(run);

async function run(): Promise<Supervised> {
  const settings = launchSettings(process.env, {
    dataDir: userDataFolder(),
    modelsDir: here('../../resources/models'),
  });
  const lock = lockDataFolder(settings.dataDir);
  if (!lock) throw new Error(`Another station already runs on ${settings.dataDir}.`);
  const { log, close: closeLog } = openStationLog(settings.dataDir);
  const pages = {
    rendererDir: here('../renderer'),
    bridgeFile: here('../browser-bridge/browser-bridge.js'),
  };
  const station = await startOrTell(log, async () => {
    refuseSealedKey(settings.dataDir);
    return openStation({
      settings,
      key: await loadKeyFile(settings.dataDir),
      version: __APP_VERSION__,
      spawnImaging: () => forkImagingChild(here('./imaging-process.js')),
      log,
      pages,
    });
  });
  const server = await startLoopbackServer({
    station,
    port: settings.port,
    ...pages,
    log,
  });
  log('info', 'The station is up', { shell: 'browser', port: server.port });
  return {
    address: server.address,
    async close() {
      await server.close();
      await station.close();
      closeLog();
      lock.release();
    },
  };
}
