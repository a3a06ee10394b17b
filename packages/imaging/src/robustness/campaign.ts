import { readFile } from 'node:fs/promises';
import { ERROR_CODES, MACHINE_CHECK_CODES, type PhotoProfile } from '@gradshot/domain';
import type { Engine, Standardized } from '../api.ts';
import { COMPOSITION_FAULTS, TURNED_HEAD } from '../composition/faults.ts';
import { type Mutant, makeMutant } from './mutants.ts';
import type { Seed } from './seeds.ts';

/** What became of one file. */
export type Verdict = {
  readonly number: number;
  readonly mutation: string;
  /** `accepted`, or the reason's code. */
  readonly code: string;
  readonly ms: number;
  /** What the engine may never do, in a few words. */
  readonly fault?: string;
};

/** The longest that any file may take, milliseconds. */
export const LIMIT_MS = 5000;

const KNOWN_CODES: ReadonlySet<string> = new Set<string>([
  ...ERROR_CODES,
  ...MACHINE_CHECK_CODES,
  ...Object.values(COMPOSITION_FAULTS).map(({ code }) => code),
  TURNED_HEAD.code,
]);

/** Reasons that say something about the engine, not about the file. */
const OWN_FAULTS: ReadonlySet<string> = new Set(['imaging.crashed', 'server.internal']);

/** Runs one damaged file through the engine and judges how the engine took it. */
export async function tryMutant(
  engine: Engine,
  { number, mutation, bytes }: Mutant,
  profile: PhotoProfile,
): Promise<Verdict> {
  const began = performance.now();
  const code = await engine.standardize(bytes, { profile }).then(codeOf, nameThrown);
  const ms = performance.now() - began;
  const fault = faultOf(code, ms);
  return { number, mutation, code, ms, ...(fault ? { fault } : {}) };
}

function codeOf({ report, jpeg }: Standardized): string {
  if (!report.accepted) return report.reason?.code ?? 'no reason';
  return jpeg ? 'accepted' : 'accepted without a photo';
}

function nameThrown(error: unknown): string {
  return `threw ${error instanceof Error ? error.message : String(error)}`;
}

function faultOf(code: string, ms: number): string | undefined {
  if (ms > LIMIT_MS) return `took ${Math.round(ms)} ms`;
  if (OWN_FAULTS.has(code)) return code;
  if (code !== 'accepted' && !KNOWN_CODES.has(code)) return code;
  return undefined;
}

export type CampaignOptions = {
  readonly seeds: readonly Seed[];
  readonly first: number;
  readonly count: number;
  readonly profile: PhotoProfile;
  readonly onVerdict: (verdict: Verdict) => void;
};

/** Every engine takes the next file as soon as it is free. */
export async function runCampaign(
  engines: readonly Engine[],
  { seeds, first, count, profile, onVerdict }: CampaignOptions,
): Promise<void> {
  let next = first;
  const work = async (engine: Engine) => {
    while (next < first + count) {
      onVerdict(await tryMutant(engine, makeMutant(seeds, next++), profile));
    }
  };
  await Promise.all(engines.map(work));
}

/** Most memory that a process has held, MB; undefined where the system does not tell. */
export async function peakMemory(pid: number | undefined): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const peak = /^VmHWM:\s+(\d+) kB/m.exec(status);
  return peak ? Math.round(Number(peak[1]) / 1024) : undefined;
}
