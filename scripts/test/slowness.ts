import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';

/** What `fixedWork` takes on the machine that the limits were chosen on: two quiet cores of 2026. */
const REFERENCE_MS = 90;
/** The tests run on two workers; a machine with one core takes twice as long. */
const REFERENCE_CORES = 2;
const ROUNDS = 5;
/** A hang must still end: nobody waits ten times as long. */
const MOST = 6;

/** Child processes inherit what the first one has measured. */
const VARIABLE = 'GRADSHOT_SLOWNESS';

/** How many times slower this machine is now than the one that the limits were chosen on; 1 or more. */
export function slowness(): number {
  const known = Number(process.env[VARIABLE]);
  if (known >= 1) return known;
  const measured = factorOf(Array.from({ length: ROUNDS }, timedWork), availableParallelism());
  process.env[VARIABLE] = `${measured}`;
  return measured;
}

/** A limit as chosen on the reference machine, stretched for this one. */
export function patient(ms: number): number {
  return Math.round(ms * slowness());
}

/** The median round counts: one that was interrupted, or lucky, says nothing of the rest. */
export function factorOf(rounds: readonly number[], cores: number): number {
  const median = [...rounds].sort((a, b) => a - b)[Math.floor(rounds.length / 2)] ?? REFERENCE_MS;
  const fewerCores = Math.max(1, REFERENCE_CORES / cores);
  const factor = Math.min(MOST, Math.max(1, (median / REFERENCE_MS) * fewerCores));
  return Math.round(factor * 100) / 100;
}

function timedWork(): number {
  const begun = performance.now();
  fixedWork();
  return performance.now() - begun;
}

/** Some of each that the tests spend their time on: numbers in typed arrays, objects, JSON, digests. */
function fixedWork(): string {
  const samples = new Float64Array(200_000);
  for (let pass = 0; pass < 12; pass++)
    for (let i = 0; i < samples.length; i++)
      samples[i] = Math.sqrt(i * 1.37 + (samples[(i * 7919) % samples.length] ?? 0));
  const rows = Array.from({ length: 20_000 }, (_, i) => ({
    id: `${i}`,
    value: samples[i],
    tags: [`a${i % 7}`],
  }));
  const text = JSON.stringify(JSON.parse(JSON.stringify(rows)));
  return createHash('sha256').update(text.repeat(8)).digest('hex');
}
