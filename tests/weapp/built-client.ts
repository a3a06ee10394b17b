import { spawn } from 'node:child_process';
import { mkdir, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from '../../scripts/setup/install.mjs';
import { pinnedEnvironment } from '../../scripts/setup/pinned-node.mjs';
import { onlyIfChanged } from '../../scripts/setup/stamps.ts';

type Client = 'weapp' | 'h5';

const SOURCES = [
  'package-lock.json',
  'miniprogram/package.json',
  'miniprogram/babel.config.js',
  'miniprogram/config',
  'miniprogram/src',
  'packages/domain/src',
];
const OUTPUTS: Readonly<Record<Client, readonly string[]>> = {
  weapp: ['miniprogram/dist/weapp/app.json', 'miniprogram/dist/weapp/app.js'],
  h5: ['miniprogram/dist/h5/index.html', 'miniprogram/dist/h5/static/zxing_reader.wasm'],
};

/** A build takes half a minute on a busy machine; another file's tests may be at it. */
export const BUILD_TIMEOUT_MS = 300_000;

/** Builds the client if a source changed since its last build here. */
export async function ensureClientBuilt(client: Client): Promise<void> {
  await alone(client, async () => {
    const step = { name: `companion-${client}`, inputs: SOURCES, outputs: OUTPUTS[client] };
    await onlyIfChanged(step, () => build(client));
  });
}

function build(client: Client): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', ['run', `build:${client}`], {
      cwd: path.join(ROOT, 'miniprogram'),
      // What ships is a production build, whatever the test runner calls its own environment.
      env: { ...pinnedEnvironment(), NODE_ENV: 'production' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`build:${client} ended with ${code}.`)),
    );
  });
}

/** Test files run side by side, and one build is enough: a folder is the lock. */
async function alone(client: Client, act: () => Promise<void>): Promise<void> {
  const lock = path.join(ROOT, '.cache', `companion-${client}.lock`);
  await mkdir(path.dirname(lock), { recursive: true });
  const end = Date.now() + BUILD_TIMEOUT_MS;
  while (!(await taken(lock)) && Date.now() < end)
    await new Promise((resolve) => setTimeout(resolve, 250));
  try {
    await act();
  } finally {
    await rmdir(lock).catch(() => undefined);
  }
}

const taken = (lock: string) =>
  mkdir(lock).then(
    () => true,
    () => false,
  );
