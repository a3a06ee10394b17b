import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { DATABASE_FILE } from '../../src/main/station/store/database.ts';

/** What may grow in the course of a day. */
export type Sample = {
  /** Visits that are over. */
  readonly graduates: number;
  readonly rssBytes: number;
  /** After a collection of garbage. */
  readonly heapUsedBytes: number;
  readonly openHandles: number;
  /** The file and its log. */
  readonly databaseBytes: number;
};

export type Grown = 'rssBytes' | 'heapUsedBytes' | 'openHandles' | 'databaseBytes';

// A flag of the process, set late: what is garbage would tell nothing of what is kept.
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

export function sample(graduates: number, dataDir: string): Sample {
  collectGarbage();
  const { rss, heapUsed } = process.memoryUsage();
  return {
    graduates,
    rssBytes: rss,
    heapUsedBytes: heapUsed,
    openHandles: process.getActiveResourcesInfo().length,
    databaseBytes:
      sizeOf(join(dataDir, DATABASE_FILE)) + sizeOf(join(dataDir, `${DATABASE_FILE}-wal`)),
  };
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** Growth per graduate of the straight line that fits best; 0 for fewer than two samples. */
export function slope(samples: readonly Sample[], what: Grown): number {
  if (samples.length < 2) return 0;
  const mean = (of: (x: Sample) => number) =>
    samples.reduce((sum, x) => sum + of(x), 0) / samples.length;
  const [middle, level] = [mean((x) => x.graduates), mean((x) => x[what])];
  const spread = mean((x) => (x.graduates - middle) ** 2);
  const together = mean((x) => (x.graduates - middle) * (x[what] - level));
  return spread === 0 ? 0 : together / spread;
}
