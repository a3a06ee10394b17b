import { spawn } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { recordFile } from '../shipped/bundle-record.ts';
import { LICENCE_TEXTS, writeLicenceTexts } from '../shipped/written-files.ts';
import { ROOT } from './install.mjs';
import { pinnedEnvironment, pinnedNode } from './pinned-node.mjs';
import { onlyIfChanged } from './stamps.ts';

/** The companion client as a WeChat mini-program or as pages for a phone's browser. */
export type Client = 'weapp' | 'h5';

const SOURCES = [
  'package-lock.json',
  'miniprogram/package.json',
  'miniprogram/babel.config.js',
  'miniprogram/config',
  'scripts/shipped',
  'miniprogram/src',
  'packages/domain/src',
];
const OUTPUTS: Readonly<Record<Client, readonly string[]>> = {
  weapp: [
    'miniprogram/dist/weapp/app.json',
    'miniprogram/dist/weapp/app.js',
    recordFile('companion-weapp'),
    LICENCE_TEXTS['companion-weapp'],
  ],
  h5: [
    'miniprogram/dist/h5/index.html',
    'miniprogram/dist/h5/static/zxing_reader.wasm',
    recordFile('companion-h5'),
    LICENCE_TEXTS['companion-h5'],
  ],
};

const TARO = join(ROOT, 'node_modules', '@tarojs', 'cli', 'bin', 'taro');

/** A build takes half a minute on a busy machine; another process may be at it. */
export const BUILD_TIMEOUT_MS = 300_000;

/** Builds the client if a source changed since its last build here. */
export async function ensureClientBuilt(client: Client): Promise<void> {
  await alone(client, async () => {
    const step = { name: `companion-${client}`, inputs: SOURCES, outputs: OUTPUTS[client] };
    await onlyIfChanged(step, () => buildClient(client));
  });
}

/** Into `miniprogram/dist`. Rejects when the build fails, after printing what it said. */
export function buildClient(client: Client): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(pinnedNode(), [TARO, 'build', '--type', client], {
      cwd: join(ROOT, 'miniprogram'),
      // What ships is a production build, whatever a test runner calls its own environment.
      env: { ...pinnedEnvironment(), NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    // It redraws a progress bar some hundred times.
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) {
        writeLicenceTexts(`companion-${client}`);
        return resolve();
      }
      console.error(said);
      reject(new Error(`The build of the companion client (${client}) ended with ${code}.`));
    });
  });
}

/** Test files run side by side, and one build is enough: a file with the builder's pid is the lock. */
async function alone(client: Client, act: () => Promise<void>): Promise<void> {
  const lock = join(ROOT, '.cache', `companion-${client}.lock`);
  await mkdir(join(ROOT, '.cache'), { recursive: true });
  while (!(await taken(lock))) {
    if (await isLeftBehind(lock)) await rm(lock, { force: true });
    else await setTimeout(250);
  }
  try {
    await act();
  } finally {
    await rm(lock, { force: true });
  }
}

const taken = (lock: string) =>
  writeFile(lock, `${process.pid}`, { flag: 'wx' }).then(
    () => true,
    () => false,
  );

/** Its process is gone: the build was interrupted. */
async function isLeftBehind(lock: string): Promise<boolean> {
  const pid = Number(await readFile(lock, 'utf8').catch(() => ''));
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
