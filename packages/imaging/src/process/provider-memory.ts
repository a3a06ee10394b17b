import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { release } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { ENGINE_VERSION } from '../engine/version.ts';

/** Drivers are mended meanwhile; a trial that fails again costs one start of the process. */
const FORGET_AFTER_MS = 30 * 24 * 3_600_000;

const memorySchema = z.object({
  /** What the crash may have depended on: another engine or system gets a new trial. */
  system: z.string(),
  at: z.iso.datetime(),
  avoided: z.record(z.string(), z.string()),
});

export type ProviderMemory = {
  /** Providers not to be tried, with the reason; empty when nothing is remembered or it is old. */
  recall(): Readonly<Record<string, string>>;
  /** Best effort: a disk that is full only costs another trial. */
  keep(avoided: Readonly<Record<string, string>>): void;
};

/** Remembers in `file` which providers took the imaging process down, from one start to the next. */
export function providerMemory(file: string, now: () => number = Date.now): ProviderMemory {
  const system = `${ENGINE_VERSION} ${process.platform} ${process.arch} ${release()}`;
  return {
    recall() {
      const memory = memorySchema.safeParse(readJson(file)).data;
      if (memory?.system !== system) return {};
      return now() - Date.parse(memory.at) < FORGET_AFTER_MS ? memory.avoided : {};
    },
    keep(avoided) {
      const memory = { system, at: new Date(now()).toISOString(), avoided };
      try {
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(`${file}.tmp`, `${JSON.stringify(memory, null, 2)}\n`, { flush: true });
        renameSync(`${file}.tmp`, file);
      } catch {
        // see above
      }
    },
  };
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
