import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ROOT } from '../setup/install.mjs';

const PACKAGE = join(ROOT, 'node_modules', 'electron');
/** Remembers that the download's host did not answer, so that the next start loses no time. */
const UNREACHABLE = join(ROOT, '.cache', 'electron-unreachable');
const ASK_AGAIN_MS = 24 * 60 * 60_000;

const PROBE_MS = 4_000;
/** About 120 MB; slower than this and the browser shell is the better start. */
const DOWNLOAD_MS = 180_000;
const DEFAULT_HOST = 'https://github.com/electron/electron/releases/download/';

/** Path of Electron's program for the pinned version, or undefined when it is not there. */
export function installedElectron(): string | undefined {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  try {
    const name = readFileSync(join(PACKAGE, 'path.txt'), 'utf8');
    const program = join(override ?? join(PACKAGE, 'dist'), name);
    return existsSync(program) ? program : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Electron's program, fetched if its host answers; undefined otherwise, never an error.
 * `insist`: asked for by name, so an earlier failure is not remembered against it.
 */
export async function obtainElectron(insist: boolean): Promise<string | undefined> {
  const present = installedElectron();
  if (present) return present;
  if (!insist && failedLately()) return undefined;
  if (!(await answers(process.env.ELECTRON_MIRROR ?? DEFAULT_HOST))) {
    await rememberFailure();
    return undefined;
  }
  console.log('• Fetching Electron (about 120 MB, once)');
  await download();
  const program = installedElectron();
  if (!program) await rememberFailure();
  return program;
}

function failedLately(): boolean {
  const at = statSync(UNREACHABLE, { throwIfNoEntry: false })?.mtimeMs;
  return at !== undefined && Date.now() - at < ASK_AGAIN_MS;
}

async function rememberFailure(): Promise<void> {
  await mkdir(dirname(UNREACHABLE), { recursive: true });
  writeFileSync(UNREACHABLE, '');
}

async function answers(url: string): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(PROBE_MS);
    const { status } = await fetch(url, { method: 'HEAD', redirect: 'manual', signal });
    return status < 500;
  } catch {
    return false;
  }
}

function download(): Promise<void> {
  return new Promise((resolve) => {
    const installer = spawn(process.execPath, [join(PACKAGE, 'install.js')], {
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: DOWNLOAD_MS,
    });
    installer.on('error', () => resolve());
    installer.on('exit', () => resolve());
  });
}
