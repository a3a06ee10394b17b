import { expect, it } from 'vitest';
import type { Day } from './day.ts';
import type { Sample } from './gauges.ts';
import { linesOf, passes } from './limits.ts';

const GRADUATES = 1000;
const SAMPLES: readonly Sample[] = Array.from({ length: 11 }, (_, tenth) => ({
  graduates: tenth * 100,
  rssBytes: 200_000_000,
  heapUsedBytes: 30_000_000,
  openHandles: 12,
  databaseBytes: 1_000_000 + tenth * 1_000_000,
}));
const GOOD: Day = {
  options: { graduates: GRADUATES, seed: 1, down: 0.3, pace: 'express', recording: 'built' },
  visits: Array.from({ length: GRADUATES }, () => ({
    ...{ photoId: 'p', touches: 5, handingInMs: 200, machineMs: 300, failedActs: 0 },
    pages: ['verify', 'camera', 'judged', 'handedIn'],
  })),
  verdict: { exactlyOnce: GRADUATES, lost: [], doubled: [], changed: [] },
  parked: 0,
  samples: SAMPLES,
  stalls: { longest: { ms: 80, ownMs: 20, computedMs: 20, during: '' }, over: [] },
  ...{ drainMs: 100, wallMs: 100_000, standardizationMs: 500, errors: [] },
  network: {
    outages: { refused: 1, silent: 1, cut: 1, answersLost: 1 },
    ...{ downMs: 30_000, totalMs: 100_000 },
  },
};

const growing = (grow: (tenth: number) => Partial<Sample>): Partial<Day> => ({
  samples: SAMPLES.map((sample, tenth) => ({ ...sample, ...grow(tenth) })),
});

it('a good day passes', () => expect(passes(linesOf(GOOD))).toBe(true));

it.each([
  ['a lost photo', { verdict: { exactlyOnce: 999, lost: ['c'], doubled: [], changed: [] } }],
  ['a doubled photo', { verdict: { exactlyOnce: 999, lost: [], doubled: ['c'], changed: [] } }],
  ['a changed photo', { verdict: { exactlyOnce: 999, lost: [], doubled: [], changed: ['c'] } }],
  ['a delivery that waits for staff', { parked: 1 }],
  ['an error in the log', { errors: ['x'] }],
  [
    'a stall of its own',
    { stalls: { longest: { ms: 60, ownMs: 51, computedMs: 9, during: '' }, over: [] } },
  ],
  ['a heap that grows', growing((tenth) => ({ heapUsedBytes: tenth * 1_000_000 }))],
  ['memory that grows', growing((tenth) => ({ rssBytes: tenth * 2_000_000 }))],
  ['handles that stay open', growing((tenth) => ({ openHandles: 12 + tenth }))],
  ['a database that grows by more', growing((tenth) => ({ databaseBytes: tenth * 3_000_000 }))],
  ['a database that grows faster', growing((tenth) => ({ databaseBytes: tenth ** 3 * 10_000 }))],
] satisfies [string, Partial<Day>][])('%s does not', (_name, changes) => {
  expect(passes(linesOf({ ...GOOD, ...changes }))).toBe(false);
});

it.each([
  ['touches', { visits: GOOD.visits.map((visit) => ({ ...visit, touches: 9 })) }],
  ['a long wait', { visits: GOOD.visits.map((visit) => ({ ...visit, handingInMs: 9000 })) }],
] satisfies [string, Partial<Day>][])('%s beyond the target are told only', (_name, changes) => {
  const lines = linesOf({ ...GOOD, ...changes });
  expect(lines.some(({ ok }) => ok === false)).toBe(true);
  expect(passes(lines)).toBe(true);
});

it('a few graduates tell nothing of growth', () => {
  const few = { ...GOOD.options, graduates: 25 };
  const verdict = { ...GOOD.verdict, exactlyOnce: 25 };
  const grown = growing((tenth) => ({ heapUsedBytes: tenth * 1_000_000 }));
  expect(passes(linesOf({ ...GOOD, ...grown, options: few, verdict }))).toBe(true);
});
