import { parseArgs } from 'node:util';
import { DEFAULT_PROFILE_ID, errorSentence, findPhotoProfile } from '@gradshot/domain';
import type { Engine } from '../api.ts';
import { openEngines } from '../cli/engine-pool.ts';
import type { ImagingProcess } from '../process/client.ts';
import { LIMIT_MS, peakMemory, runCampaign, tryMutant, type Verdict } from './campaign.ts';
import { makeMutant } from './mutants.ts';
import { makeSeeds, type Seed } from './seeds.ts';

const USAGE = `Usage: npm run bench:robustness -- [--count N] [--first N] [--jobs N] [--json]

Runs N damaged picture files (500; the same ones every time) through engines in processes of their
own, and reports crashes, files that took over ${LIMIT_MS / 1000} s, codes and the largest memory. --first N
begins at file N, to look at one again. Exit status 1 when anything went wrong.`;

const MEMORY_EVERY_MS = 200;
const PROFILE = findPhotoProfile(DEFAULT_PROFILE_ID)!;

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '500' },
    first: { type: 'string', default: '0' },
    jobs: { type: 'string', default: '2' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

type Summary = {
  readonly files: number;
  readonly faults: readonly Verdict[];
  readonly crashes: number;
  readonly slowestMs: number;
  readonly medianMs: number;
  readonly peakMb: number | undefined;
  readonly codes: Readonly<Record<string, number>>;
  readonly slowestByMutation: Readonly<Record<string, number>>;
};

/** Also of processes that die before the end. */
class MemoryWatch {
  #peak = 0;
  readonly #timer: NodeJS.Timeout;

  constructor(engines: readonly ImagingProcess[]) {
    this.#timer = setInterval(async () => {
      for (const engine of engines) {
        this.#peak = Math.max(this.#peak, (await peakMemory(engine.health().pid)) ?? 0);
      }
    }, MEMORY_EVERY_MS);
  }

  stop(): number | undefined {
    clearInterval(this.#timer);
    return this.#peak || undefined;
  }
}

async function run(count: number, first: number, jobs: number): Promise<Summary | undefined> {
  const engines = await openEngines(jobs, 'cpu', (line) => console.error(line));
  if (!engines.ok) {
    console.error(errorSentence(engines.error, 'en'));
    return undefined;
  }
  const memory = new MemoryWatch(engines.value);
  const verdicts: Verdict[] = [];
  const seeds = await makeSeeds();
  await runCampaign(engines.value, {
    seeds,
    first,
    count,
    profile: PROFILE,
    onVerdict: (verdict) => {
      verdicts.push(verdict);
      if (process.stderr.isTTY) process.stderr.write(`\r${verdicts.length}/${count} `);
    },
  });
  await again(engines.value[0]!, seeds, verdicts);
  const crashes = engines.value.reduce((sum, engine) => sum + engine.health().restarts, 0);
  const peakMb = memory.stop();
  await Promise.all(engines.value.map((engine) => engine.close()));
  return summarise(verdicts, crashes, peakMb);
}

/** Files that took too long get a second chance, alone: the machine may have been busy. */
async function again(engine: Engine, seeds: readonly Seed[], verdicts: Verdict[]): Promise<void> {
  for (const [index, { number, ms }] of verdicts.entries()) {
    if (ms > LIMIT_MS)
      verdicts[index] = await tryMutant(engine, makeMutant(seeds, number), PROFILE);
    const { fault } = verdicts[index]!;
    if (fault) console.error(JSON.stringify(verdicts[index]));
  }
}

function summarise(verdicts: readonly Verdict[], crashes: number, peakMb?: number): Summary {
  const times = verdicts.map(({ ms }) => ms).sort((a, b) => a - b);
  const codes: Record<string, number> = {};
  const slowestByMutation: Record<string, number> = {};
  for (const { code, mutation, ms } of verdicts) {
    codes[code] = (codes[code] ?? 0) + 1;
    slowestByMutation[mutation] = Math.max(slowestByMutation[mutation] ?? 0, Math.round(ms));
  }
  return {
    files: verdicts.length,
    faults: verdicts.filter(({ fault }) => fault !== undefined),
    crashes,
    slowestMs: Math.round(times.at(-1) ?? 0),
    medianMs: Math.round(times[times.length >> 1] ?? 0),
    peakMb,
    codes: Object.fromEntries(Object.entries(codes).sort(([, a], [, b]) => b - a)),
    slowestByMutation,
  };
}

function describe({ codes, slowestByMutation, faults, ...numbers }: Summary): string {
  const table = (values: Readonly<Record<string, number>>) =>
    Object.entries(values).map(([name, value]) => `  ${name.padEnd(28)} ${value}`);
  return [
    ...table(numbers as unknown as Record<string, number>),
    '',
    'Files by code',
    ...table(codes),
    '',
    'Slowest file of each kind, ms',
    ...table(slowestByMutation),
    '',
    faults.length === 0 ? 'No faults.' : `${faults.length} faults, listed above.`,
  ].join('\n');
}

if (values.help) {
  console.log(USAGE);
} else {
  const summary = await run(Number(values.count), Number(values.first), Number(values.jobs));
  if (summary) console.log(values.json ? JSON.stringify(summary) : describe(summary));
  process.exitCode = summary && summary.faults.length + summary.crashes === 0 ? 0 : 1;
}
