import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'electron';
import type { Log } from '../station/api.ts';

const FAULT_FILE = 'faults.json';
/** Faults older than this say nothing about the present one. */
const MEMORY_MS = 10 * 60_000;
const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 60_000;

/**
 * An exception that nobody caught leaves the main process in an unknown state: it is logged and
 * the program starts anew. A kiosk that keeps failing waits longer each time, up to a minute, so
 * that it neither flickers nor fills the log; the count outlives the process in `faults.json`.
 */
export function relaunchAfterFaults(app: App, dataDir: string, log: Log): void {
  let failed = false;
  const onFault = (kind: string) => (error: unknown) => {
    const stack = error instanceof Error ? error.stack : String(error);
    if (failed) return log('error', 'The main process failed again', { kind, stack });
    failed = true;
    const delayMs = delayAfterFault(join(dataDir, FAULT_FILE), Date.now());
    log('error', 'The main process failed; the program starts anew', { kind, stack, delayMs });
    setTimeout(() => {
      // In development the start program sees the exit status and starts it again itself.
      if (app.isPackaged) app.relaunch();
      app.exit(1);
    }, delayMs);
  };
  // For good: without a listener Electron puts a message box before the graduate.
  process.on('uncaughtException', onFault('exception'));
  process.on('unhandledRejection', onFault('rejection'));
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    if (reason !== 'clean-exit') log('warn', 'A helper process ended', { type, reason, exitCode });
  });
}

/**
 * Records a fault at `now` (ms since the epoch) and gives the delay that it earns; the longest where
 * it cannot be recorded, on a full disk.
 */
export function delayAfterFault(file: string, now: number): number {
  const recent = readFaults(file).filter((at) => now - at < MEMORY_MS);
  try {
    writeFileSync(file, JSON.stringify([...recent, now].slice(-20)));
  } catch {
    return LONGEST_DELAY_MS;
  }
  return Math.min(FIRST_DELAY_MS * 2 ** recent.length, LONGEST_DELAY_MS);
}

function readFaults(file: string): readonly number[] {
  try {
    const faults: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return Array.isArray(faults) ? faults.filter((at) => typeof at === 'number') : [];
  } catch {
    return [];
  }
}
