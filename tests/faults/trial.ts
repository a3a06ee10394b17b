import { rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  DAMAGES,
  DATABASE,
  damageFile,
  damagePage,
  damageSetting,
  FILES,
  seeded,
} from './damage.ts';
import { openKilledRun, type Verdict } from './killed-run.ts';

export type Trial = Verdict & {
  readonly kills: number;
  /** What was destroyed, for a look at a failure. */
  readonly damages: readonly string[];
  /** The station never came to its end. */
  readonly stuck: boolean;
};

const ROUNDS = 3;
const CODES = ['a', 'b', 'c'];
const SETTINGS = ['enrolment', 'installationId', 'pin', 'serverSettings'];

/** Kills and damage at moments and places that the seed tells; the same seed is the same trial. */
export async function runTrial(seed: number): Promise<Trial> {
  const random = seeded(seed);
  const run = await openKilledRun(CODES);
  const damages: string[] = [];
  let kills = 0;
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const calls = 3 + Math.floor(random() * 16);
      const code = await run.killAfter(calls, Math.floor(random() * 60));
      if (code === null) kills += 1;
      damages.push(damageSomething(run.dataDir, random));
    }
    const stuck = (await run.finish()) !== 0;
    return { ...run.verdict(), kills, damages, stuck };
  } finally {
    await run.close();
  }
}

function pick<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(random() * list.length)] as T;
}

/** Of everything but the sealed pictures and the key, which alone are promised to be enough. */
function damageSomething(dataDir: string, random: () => number): string {
  const what = pick(['db', 'wal', 'shm', 'identity', 'page', 'setting', 'copies'] as const, random);
  const damage = pick(DAMAGES, random);
  if (what === 'page') return attempt(what, () => damagePage(join(dataDir, DATABASE), random));
  if (what === 'setting') {
    const name = pick(SETTINGS, random);
    return attempt(`${damage} of ${name}`, () => damageSetting(dataDir, name, damage, random));
  }
  if (what === 'copies') {
    const folder = join(dataDir, 'backups');
    return attempt(what, () => rmSync(folder, { recursive: true, force: true }));
  }
  return attempt(`${damage} of ${what}`, () =>
    damageFile(join(dataDir, FILES[what]), damage, random),
  );
}

/** Killed early, the station may not have made the file yet. */
function attempt(name: string, damage: () => void): string {
  try {
    damage();
    return name;
  } catch (error) {
    return `${name} (${(error as Error).message})`;
  }
}
