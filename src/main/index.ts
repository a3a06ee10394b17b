import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, type BrowserWindow, dialog, powerSaveBlocker, screen, session } from 'electron';
import { lockDataFolder } from './data-folder.ts';
import { declareScheme, serveInterface } from './electron/app-protocol.ts';
import { mirrorSnapshots, registerCommands } from './electron/command-ipc.ts';
import { lockContents } from './electron/contents-security.ts';
import { relaunchAfterFaults } from './electron/fault-relaunch.ts';
import { keepGraduateWindow } from './electron/graduate-window.ts';
import { spawnImagingUtility } from './electron/imaging-utility.ts';
import { loadStationKey } from './electron/key-vault.ts';
import { type KioskOptions, openKiosk, releaseKiosk } from './electron/kiosk-window.ts';
import { closeBeforeQuit } from './electron/orderly-quit.ts';
import { createElectronPrinter } from './electron/printing.ts';
import { createSaveDialog } from './electron/save-dialog.ts';
import { lockSession } from './electron/session-security.ts';
import { launchSettings } from './launch-settings.ts';
import { openStation, startOrTell } from './open-station.ts';
import { openStationLog } from './station-log.ts';

/** Composition root of the Electron shell. What must come before `ready` comes first. */

const here = dirname(fileURLToPath(import.meta.url));
/** Nothing of a visit is left in a browser profile: the session lives in memory. */
const PARTITION = 'station';
/** What is printed is shown apart from the interface. */
const PRINT_PARTITION = 'print';

// As root, for which Chromium has no sandbox, the start program says so.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
declareScheme();
lockContents(app);
// The two-finger zoom and the swipe back would leave the page that the graduate is on.
app.commandLine.appendSwitch('disable-pinch');
app.commandLine.appendSwitch('overscroll-history-navigation', '0');

const settings = launchSettings(process.env, {
  dataDir: app.getPath('userData'),
  modelsDir: app.isPackaged
    ? join(process.resourcesPath, 'models')
    : join(here, '../../resources/models'),
});
// One lock per data folder, and so two stations with different folders for development.
app.setPath('userData', settings.dataDir);

if (app.requestSingleInstanceLock()) {
  void app.whenReady().then(run).catch(failToStart);
} else {
  app.quit();
}

async function run(): Promise<void> {
  const lock = lockDataFolder(settings.dataDir);
  if (!lock) throw new Error(`Another station already runs on ${settings.dataDir}.`);
  const { log, close: closeLog } = openStationLog(settings.dataDir);
  relaunchAfterFaults(app, settings.dataDir, log);
  const station = await startOrTell(log, async () =>
    openStation({
      settings,
      key: await loadStationKey(settings.dataDir),
      version: app.getVersion(),
      spawnImaging: () => spawnImagingUtility(join(here, 'imaging-process.js')),
      log,
      pages: {
        rendererDir: join(here, '../renderer'),
        bridgeFile: join(here, '../browser-bridge/browser-bridge.js'),
      },
      saveFile: createSaveDialog(() => window),
      printer: createElectronPrinter(session.fromPartition(PRINT_PARTITION), () => window),
    }),
  );
  const pages = session.fromPartition(PARTITION);
  lockSession(pages);
  serveInterface(pages, join(here, '../renderer'));
  registerCommands(station, log, (contents) => graduate.shows(contents));
  const blocker = powerSaveBlocker.start('prevent-display-sleep');
  const kiosk: KioskOptions = {
    session: pages,
    preload: join(here, '../preload/index.cjs'),
    windowed: settings.windowed,
    production: app.isPackaged,
    mayQuit: () => station.snapshot().station.staffUnlocked,
    quit: () => app.quit(),
    log,
  };
  const window: BrowserWindow = openKiosk(kiosk);
  const stopMirror = mirrorSnapshots(station, () => window.webContents);
  const graduate = keepGraduateWindow({ station, screen, desk: window, kiosk });
  app.on('second-instance', () => window.focus());
  closeBeforeQuit(app, {
    beforeClose: () => {
      releaseKiosk(window);
      graduate.close();
    },
    async close() {
      stopMirror();
      powerSaveBlocker.stop(blocker);
      await station.close();
      closeLog();
      lock.release();
    },
  });
  log('info', 'The station is up', { shell: 'electron', windowed: settings.windowed });
}

/** Started by the start program, it is read in the terminal; a kiosk has nothing but its screen. */
function failToStart(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  console.error(message);
  if (app.isPackaged) dialog.showErrorBox('采集程序无法启动', message);
  app.exit(1);
}
