import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Chromium and its relatives, the plainest first; all understand the same switches. */
const LINUX_NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
];
const MAC_PATHS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];
const WINDOWS_PATHS = [
  'Chromium\\Application\\chrome.exe',
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

/** Path of the system's Chromium, Chrome or Edge. `CHROMIUM_PATH` overrides the search. */
export function findSystemBrowser(): string | undefined {
  const named = process.env.CHROMIUM_PATH;
  if (named) return existsSync(named) ? named : undefined;
  return candidates().find(isExecutable);
}

function candidates(): readonly string[] {
  if (process.platform === 'darwin') return MAC_PATHS;
  if (process.platform === 'win32') {
    const roots = [
      process.env.PROGRAMFILES,
      process.env['PROGRAMFILES(X86)'],
      process.env.LOCALAPPDATA,
    ];
    return roots
      .filter((root) => root !== undefined)
      .flatMap((root) => WINDOWS_PATHS.map((path) => join(root, path)));
  }
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return LINUX_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** False on a Linux machine that nobody sits at. */
export function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Chromium's sandbox cannot start as root; for everybody else it stays on. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * Switches for the station's own window. The profile is the station's alone, so the camera is
 * granted to the only page there is; nothing is translated, synchronised, restored or fetched.
 */
export function kioskSwitches(options: {
  readonly address: string;
  readonly profileDir: string;
  readonly windowed: boolean;
}): readonly string[] {
  return [
    `--app=${options.address}`,
    `--user-data-dir=${options.profileDir}`,
    ...(options.windowed ? ['--window-size=1920,1080'] : ['--kiosk']),
    ...(isRoot() ? ['--no-sandbox', '--test-type'] : []),
    '--auto-accept-camera-and-microphone-capture',
    '--no-first-run',
    '--no-default-browser-check',
    '--hide-crash-restore-bubble',
    '--disable-pinch',
    '--overscroll-history-navigation=0',
    '--disable-features=Translate,MediaRouter,OptimizationHints',
    '--disable-sync',
    '--disable-background-networking',
    '--disable-component-update',
    '--password-store=basic',
  ];
}
