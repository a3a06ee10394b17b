import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'electron-vite';
import { build as viteBuild } from 'vite';
import { ROOT } from './install.mjs';
import { pinnedEnvironment, pinnedNode } from './pinned-node.mjs';
import { onlyIfChanged } from './stamps.ts';

/** Everything that ends up in a bundle of the station. */
const STATION_SOURCES = [
  'package-lock.json',
  'package.json',
  'electron.vite.config.ts',
  'scripts/setup/prepared-tree.ts',
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
  'out/preload/index.cjs',
  'out/browser-bridge/browser-bridge.js',
  'out/renderer/index.html',
];

/** Converts the models that are missing or out of date; a fraction of a second when none is. */
export async function ensureModels(): Promise<void> {
  await runScript('packages/imaging/src/models/convert.ts');
}

/** Builds the station if a source changed since the last build. */
export async function ensureBuilt(): Promise<void> {
  const step = { name: 'station-build', inputs: STATION_SOURCES, outputs: STATION_OUTPUTS };
  await onlyIfChanged(step, async () => {
    console.log('• Building the station');
    await buildStation();
  });
}

export async function buildStation(): Promise<void> {
  await build({ root: ROOT, configFile: join(ROOT, 'electron.vite.config.ts'), logLevel: 'warn' });
  await buildBrowserBridge();
}

/** A plain script without imports: it must have run before the interface's modules start. */
async function buildBrowserBridge(): Promise<void> {
  await viteBuild({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
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
