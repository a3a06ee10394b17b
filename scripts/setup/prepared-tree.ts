import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'electron-vite';
import { build as viteBuild } from 'vite';
import { recordBundle, recordFile } from '../shipped/bundle-record.ts';
import { LICENCE_TEXTS, writeLicenceTexts } from '../shipped/written-files.ts';
import { ensureClientBuilt } from './companion-build.ts';
import { ROOT } from './install.mjs';
import { pinnedEnvironment, pinnedNode } from './pinned-node.mjs';
import { onlyIfChanged } from './stamps.ts';

/** Everything that ends up in a bundle of the station. */
const STATION_SOURCES = [
  'package-lock.json',
  'package.json',
  'electron.vite.config.ts',
  'scripts/setup/prepared-tree.ts',
  'scripts/shipped',
  'src',
  'packages/contract/src',
  'packages/domain/src',
  'packages/imaging/src',
  'packages/storage/src',
];
const STATION_OUTPUTS = [
  'out/main/index.js',
  'out/main/browser-shell.js',
  'out/main/imaging-process.js',
  'out/main/heif-thread.js',
  'out/main/upkeep-thread.js',
  'out/preload/index.cjs',
  'out/browser-bridge/browser-bridge.js',
  'out/renderer/index.html',
  recordFile('station-main'),
  recordFile('station-preload'),
  recordFile('station-renderer'),
  recordFile('browser-bridge'),
  LICENCE_TEXTS.station,
];

/** Everything that ends up in the staff console. */
const CONSOLE_SOURCES = [
  'package-lock.json',
  'scripts/setup/prepared-tree.ts',
  'scripts/shipped',
  'server/console/index.html',
  'server/console/vite.config.ts',
  'server/console/public',
  'server/console/src',
  'packages/contract/src',
  'packages/domain/src',
];
const CONSOLE_OUTPUTS = [
  'server/console/dist/index.html',
  recordFile('console'),
  LICENCE_TEXTS.console,
];

/** What must be there before the product runs; each is done in a moment when nothing has changed. */
export const PREPARATIONS: readonly { readonly title: string; work(): Promise<void> }[] = [
  { title: 'Models', work: ensureModels },
  { title: 'The builds of station, console and pages for phones', work: ensureBuilt },
];

/** The pages for phones take one core as long as the others together, in a process of their own. */
async function ensureBuilt(): Promise<void> {
  const pages = ensureClientBuilt('h5');
  const others = ensureStationBuilt().then(ensureConsoleBuilt);
  await Promise.all([pages, others]);
}

/** Converts the models that are missing or out of date; a fraction of a second when none is. */
export async function ensureModels(): Promise<void> {
  await runScript('packages/imaging/src/models/convert.ts');
}

async function ensureStationBuilt(): Promise<void> {
  const step = { name: 'station-build', inputs: STATION_SOURCES, outputs: STATION_OUTPUTS };
  await onlyIfChanged(step, buildStation);
}

async function ensureConsoleBuilt(): Promise<void> {
  const step = { name: 'console-build', inputs: CONSOLE_SOURCES, outputs: CONSOLE_OUTPUTS };
  await onlyIfChanged(step, buildConsole);
}

/** The reviewers' web app, which the server hands out under /console/. */
export async function buildConsole(): Promise<void> {
  await viteBuild({
    configFile: join(ROOT, 'server/console/vite.config.ts'),
    logLevel: 'warn',
    plugins: [recordBundle('console')],
  });
  writeLicenceTexts('console');
}

export async function buildStation(): Promise<void> {
  await build({ root: ROOT, configFile: join(ROOT, 'electron.vite.config.ts'), logLevel: 'warn' });
  await buildBrowserBridge();
  writeLicenceTexts('station');
}

/** A plain script without imports: it must have run before the interface's modules start. */
async function buildBrowserBridge(): Promise<void> {
  await viteBuild({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    plugins: [recordBundle('browser-bridge')],
    build: {
      outDir: join(ROOT, 'out/browser-bridge'),
      lib: {
        entry: join(ROOT, 'src/preload/browser-bridge.ts'),
        name: 'stationBridge',
        formats: ['iife'],
        fileName: () => 'browser-bridge.js',
      },
    },
  });
}

/** Runs one of our scripts on the pinned Node; rejects when it fails. */
function runScript(path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(pinnedNode(), [join(ROOT, path)], {
      cwd: ROOT,
      env: pinnedEnvironment(),
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${path} ended with ${code}.`)),
    );
  });
}
