import { cpus } from 'node:os';
import type { Day } from './day.ts';
import type { Sample } from './gauges.ts';
import { slope } from './gauges.ts';
import {
  handingIn,
  type Line,
  linesOf,
  megabytes,
  passes,
  percentile,
  secondHalf,
  seconds,
  visitsPerHour,
} from './limits.ts';
import type { Stall } from './main-thread.ts';

const SERVER = 'stub server of the station’s tests, over HTTP in a process of its own';
const SHARES = [0.1, 0.5, 1];
const HUNDRED = 100;
const SHOWN_STALLS = 5;

/** The sample nearest to each tenth, half and whole of the day. */
function marks({ samples, options }: Day): readonly Sample[] {
  return SHARES.flatMap((share) => {
    const wanted = share * options.graduates;
    const [nearest] = [...samples].sort(
      (a, b) => Math.abs(a.graduates - wanted) - Math.abs(b.graduates - wanted),
    );
    return nearest ? [nearest] : [];
  });
}

/** For a machine. */
export function summaryOf(day: Day): object {
  const lines = linesOf(day);
  const waits = handingIn(day);
  const late = secondHalf(day);
  const { options, verdict, parked, errors, stalls, drainMs, wallMs, network, visits } = day;
  return {
    ...{ passes: passes(lines), options, server: SERVER },
    machine: { cores: cpus().length, model: cpus()[0]?.model ?? '', node: process.version },
    atServer: { ...verdict, parked },
    touches: spread(visits.map(({ touches }) => touches)),
    pages: spread(visits.map(({ pages }) => pages.length)),
    disturbedVisits: visits.filter(({ failedActs }) => failedActs > 0).length,
    handingInMs: spread(waits),
    standardizationMs: Math.round(day.standardizationMs),
    visitsPerHour: visitsPerHour(day),
    mainThread: { longest: stalls.longest, over: stalls.over.length, worst: worst(day) },
    ...{ marks: marks(day), samples: day.samples },
    perHundredGraduates: {
      heapUsedBytes: Math.round(slope(late, 'heapUsedBytes') * HUNDRED),
      rssBytes: Math.round(slope(late, 'rssBytes') * HUNDRED),
      openHandles: slope(late, 'openHandles') * HUNDRED,
      databaseBytes: Math.round(slope(late, 'databaseBytes') * HUNDRED),
    },
    ...{ drainMs, wallMs, network, errors, lines },
  };
}

function spread(values: readonly number[]) {
  const [median, p95, max] = [0.5, 0.95, 1].map((share) => percentile(values, share));
  return { median, p95, max };
}

function worst({ stalls }: Day) {
  return [...stalls.over].sort((a, b) => b.ownMs - a.ownMs).slice(0, SHOWN_STALLS);
}

/** For people. */
export function describe(day: Day): string {
  const { options, visits } = day;
  const disturbed = visits.filter(({ failedActs }) => failedActs > 0).length;
  const lines = linesOf(day);
  return [
    `${visits.length} graduates at the pace ${options.pace}, seed ${options.seed}; ${SERVER}.`,
    `Took ${seconds(day.wallMs)}; the network failed an act of ${disturbed} visits. A standardization counts`,
    `with ${seconds(day.standardizationMs)} (${options.recording}).`,
    '',
    ...table([
      ['figure', 'measured', 'target', ''],
      ...lines.map(({ what, measured, target, ok }) => [what, measured, target, word(ok)]),
    ]),
    '',
    ...table([
      ['graduates', 'resident', 'heap', 'handles', 'database'],
      ...marks(day).map((x) => [
        `${x.graduates}`,
        megabytes(x.rssBytes),
        megabytes(x.heapUsedBytes),
        `${x.openHandles}`,
        megabytes(x.databaseBytes),
      ]),
    ]),
    ...worst(day).map(sayStall),
    ...day.errors.slice(0, SHOWN_STALLS).map((error) => `error: ${error}`),
    '',
    passes(lines) ? 'The day passes.' : 'The day does not pass.',
  ].join('\n');
}

function sayStall({ ownMs, computedMs, during }: Stall): string {
  return `stall of ${ownMs.toFixed(0)} ms, ${computedMs.toFixed(0)} of it computing: ${during}`;
}

function word(ok: Line['ok']): string {
  if (ok === undefined) return '';
  return ok ? 'ok' : 'OVER';
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
