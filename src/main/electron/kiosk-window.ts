import {
  BrowserWindow,
  type BrowserWindowConstructorOptions,
  Menu,
  type Rectangle,
  type Session,
} from 'electron';
import type { Log } from '../station/api.ts';
import { createBackOff } from './back-off.ts';
import { lockKeys } from './kiosk-keys.ts';
import { START_URL } from './page-origin.ts';

export type KioskOptions = {
  readonly session: Session;
  /** Absolute path of the built preload. */
  readonly preload: string;
  /** An ordinary window with its keys, for development and demonstrations. */
  readonly windowed: boolean;
  /** A packaged program: no developer tools. */
  readonly production: boolean;
  readonly mayQuit: () => boolean;
  readonly quit: () => void;
  readonly log: Log;
  /** The display to fill; without one, where the system puts windows. */
  readonly place?: Rectangle;
};

/** A page that hangs this long is ended, so that it is loaded anew. */
const HANG_MS = 15_000;

/** Opens a window of the station's. It reloads after a crash or a hang, with growing delays. */
export function openKiosk(options: KioskOptions): BrowserWindow {
  // Without a menu there are no menu shortcuts (reload, zoom, developer tools, quit).
  Menu.setApplicationMenu(null);
  const window = new BrowserWindow(windowOptions(options));
  // The keys, and with them a hand scanner, stay with the window that has them.
  window.once('ready-to-show', () => (options.place ? window.showInactive() : window.show()));
  if (!options.windowed) {
    lockKeys(window.webContents, options);
    keepOpen(window);
  }
  recover(window, options.log);
  void window.loadURL(START_URL);
  return window;
}

function windowOptions(options: KioskOptions): BrowserWindowConstructorOptions {
  return {
    show: false,
    width: 1920,
    height: 1080,
    ...options.place,
    backgroundColor: '#ffffff',
    autoHideMenuBar: true,
    kiosk: !options.windowed,
    fullscreen: !options.windowed,
    frame: options.windowed,
    webPreferences: {
      session: options.session,
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
      // The payment page polls and the idle clock runs when a dialog of the system covers it.
      backgroundThrottling: false,
      devTools: !options.production,
    },
  };
}

const closable = new WeakSet<BrowserWindow>();

/** Alt+F4 and the desktop's own close do nothing in the kiosk. */
function keepOpen(window: BrowserWindow): void {
  window.on('close', (event) => {
    if (!closable.has(window)) event.preventDefault();
  });
}

/** Lets the window close because the program ends. */
export function releaseKiosk(window: BrowserWindow): void {
  closable.add(window);
}

function recover(window: BrowserWindow, log: Log): void {
  const backOff = createBackOff({ firstMs: 500, longestMs: 60_000, quietMs: 10 * 60_000 });
  let hang: NodeJS.Timeout | undefined;
  const moves = () => {
    clearTimeout(hang);
    hang = undefined;
  };
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    // The page that hung is no more, and nobody tells that the next one responds.
    moves();
    if (reason === 'clean-exit') return;
    const delayMs = backOff.next();
    log('error', 'The page crashed; it is loaded anew', { reason, exitCode, delayMs });
    setTimeout(() => {
      if (!window.isDestroyed()) void window.loadURL(START_URL);
    }, delayMs);
  });
  window.on('unresponsive', () => {
    hang ??= setTimeout(() => window.webContents.forcefullyCrashRenderer(), HANG_MS);
  });
  window.on('responsive', moves);
  window.on('closed', moves);
}
