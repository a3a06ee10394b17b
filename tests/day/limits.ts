import type { Day } from './day.ts';
import { LONGEST_STALL_MS } from './day.ts';
import { type Grown, type Sample, slope } from './gauges.ts';

/** One figure beside what it should be. */
export type Line = {
  readonly what: string;
  readonly measured: string;
  readonly target: string;
  /** Undefined: there is nothing to hold it against. */
  readonly ok: boolean | undefined;
  /** Whether the command fails by it. */
  readonly gates: boolean;
};

export const TOUCHES = 5;
export const PAGES = 4;
export const HANDING_IN_MS = 4000;
/** A day adds this much at most to what the process holds for good: some 8 MB of heap, 30 MB in all. */
const HEAP_PER_GRADUATE = 2_500;
const RESIDENT_PER_GRADUATE = 10_000;
/** What is under way comes and goes, so the fewest count: of the last quarter against the second. */
const MORE_HANDLES = 2;
/** Rows stay for six weeks, so that they grow with every graduate: by so much, and evenly. */
const DATABASE_PER_GRADUATE = 24_000;
const UNEVEN = 1.25;
/** Fewer tell nothing of growth: caches are still filling. */
const ENOUGH_GRADUATES = 400;
const HUNDRED = 100;
const MS_PER_HOUR = 3_600_000;
const KB = 1000;
const MB = 1_000_000;

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

/** What a graduate waits for between the last digit and the last page, the pose left out. */
export function handingIn({ visits, standardizationMs }: Day): readonly number[] {
  return visits.map(({ handingInMs }) => handingInMs + standardizationMs);
}

export function visitsPerHour({ visits, standardizationMs }: Day): number {
  const worked = visits.reduce((sum, { machineMs }) => sum + machineMs + standardizationMs, 0);
  return Math.round((visits.length * MS_PER_HOUR) / worked);
}

export function secondHalf({ samples, options }: Day): readonly Sample[] {
  return samples.filter(({ graduates }) => graduates * 2 >= options.graduates);
}

export function firstHalf({ samples, options }: Day): readonly Sample[] {
  return samples.filter(({ graduates }) => graduates * 2 <= options.graduates);
}

/** The samples of one quarter of the day, counted from 0. */
function quarter({ samples, options }: Day, index: number): readonly Sample[] {
  return samples.filter(({ graduates }) => {
    const at = (4 * graduates) / options.graduates;
    return at > index && at <= index + 1;
  });
}

function fewestHandles(samples: readonly Sample[]): number {
  return samples.length === 0 ? 0 : Math.min(...samples.map(({ openHandles }) => openHandles));
}

/** Every figure in the order in which it is printed. */
export function linesOf(day: Day): readonly Line[] {
  return [...arrival(day), ...courtesy(day), ...stalls(day), ...growth(day), ...delivery(day)];
}

export function passes(lines: readonly Line[]): boolean {
  return lines.every(({ ok, gates }) => !gates || ok !== false);
}

function arrival({ verdict, options, parked, errors }: Day): readonly Line[] {
  const { exactlyOnce, lost, doubled, changed } = verdict;
  const none = (what: string, list: readonly unknown[]): Line => ({
    ...{ what, measured: `${list.length}`, target: '0', ok: list.length === 0, gates: true },
  });
  return [
    {
      what: 'at the server exactly once',
      measured: `${exactlyOnce}`,
      target: `${options.graduates}`,
      ok: exactlyOnce === options.graduates,
      gates: true,
    },
    none('lost', lost),
    none('doubled', doubled),
    none('changed bytes', changed),
    none('deliveries that wait for staff', Array.from({ length: parked })),
    none('errors in the log', errors),
  ];
}

/** Targets are those of 快速 with a prepaid graduate. */
function courtesy(day: Day): readonly Line[] {
  const express = day.options.pace === 'express';
  const waits = handingIn(day);
  const count = (what: string, values: readonly number[], limit: number): Line => ({
    what,
    measured: `${percentile(values, 0.5)} (most ${percentile(values, 1)})`,
    target: express ? `${limit}` : '—',
    ok: express ? percentile(values, 0.5) <= limit : undefined,
    gates: false,
  });
  const [median, late, worst] = [0.5, 0.95, 1].map((share) => percentile(waits, share));
  return [
    count(
      'touches a person',
      day.visits.map(({ touches }) => touches),
      TOUCHES,
    ),
    count(
      'pages a person',
      day.visits.map(({ pages }) => pages.length),
      PAGES,
    ),
    {
      what: 'last digit to handed in',
      measured: `${seconds(median)} (p95 ${seconds(late)}, most ${seconds(worst)})`,
      target: seconds(HANDING_IN_MS),
      ok: (late ?? 0) <= HANDING_IN_MS,
      gates: false,
    },
    plain('visits an hour of machine time', `${visitsPerHour(day)}`),
  ];
}

/** Time in which other programs had the processor is none that the station could give back. */
function stalls({ stalls: { longest, over } }: Day): readonly Line[] {
  const all = `${longest.ms.toFixed(0)} with waiting for a processor`;
  return [
    {
      what: 'longest stall of the main thread',
      measured: `${longest.ownMs.toFixed(0)} ms (${all}; ${over.length} over)`,
      target: `${LONGEST_STALL_MS} ms`,
      ok: longest.ownMs <= LONGEST_STALL_MS,
      gates: true,
    },
  ];
}

function growth(day: Day): readonly Line[] {
  const late = secondHalf(day);
  const early = slope(firstHalf(day), 'databaseBytes');
  const database = slope(late, 'databaseBytes');
  const enough = day.options.graduates >= ENOUGH_GRADUATES;
  const flat = (what: string, measured: string, target: string, ok: boolean): Line => ({
    ...{ what, measured, target, ok: enough ? ok : undefined, gates: true },
  });
  const grown = (what: string, key: Grown, limit: number) => {
    const perGraduate = slope(late, key);
    const unit = (value: number) => `${((value * HUNDRED) / KB).toFixed(0)} kB`;
    return flat(`${what} per 100 graduates`, unit(perGraduate), unit(limit), perGraduate <= limit);
  };
  const fewest = [quarter(day, 1), quarter(day, 3)].map(fewestHandles);
  const [before = 0, after = 0] = fewest;
  return [
    grown('heap', 'heapUsedBytes', HEAP_PER_GRADUATE),
    grown('resident memory', 'rssBytes', RESIDENT_PER_GRADUATE),
    flat(
      'open handles at the least',
      `${after} (second quarter ${before})`,
      `${before + MORE_HANDLES}`,
      after <= before + MORE_HANDLES,
    ),
    flat(
      'database per graduate',
      `${(database / KB).toFixed(1)} kB (first half ${(early / KB).toFixed(1)})`,
      `${DATABASE_PER_GRADUATE / KB} kB, evenly`,
      database <= DATABASE_PER_GRADUATE && database <= UNEVEN * early,
    ),
  ];
}

function delivery({ drainMs, network }: Day): readonly Line[] {
  const share = network.totalMs === 0 ? 0 : network.downMs / network.totalMs;
  const outages = Object.entries(network.outages).map(([kind, times]) => `${times} ${kind}`);
  return [
    plain('outbox empty after the last', seconds(drainMs)),
    plain('network down', `${(share * HUNDRED).toFixed(0)} % (${outages.join(', ')})`),
  ];
}

function plain(what: string, measured: string): Line {
  return { what, measured, target: '—', ok: undefined, gates: false };
}

export function seconds(ms = 0): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

export function megabytes(bytes: number): string {
  return `${(bytes / MB).toFixed(1)} MB`;
}
