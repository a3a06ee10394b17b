import {
  DESK_PAYMENT_METHODS,
  type DeskPaymentMethod,
  PHOTO_STEPS,
  RELEASE_CAUSE_CODES,
} from '@gradshot/domain';
import type { DayReport } from '../../../shared/index.ts';
import type { VisitAccount } from '../session/visit-account.ts';
import type { DayBook } from '../store/day-book.ts';
import type { EventLog, StationEvent } from '../store/event-log.ts';
import type { Outbox } from '../store/outbox.ts';

const COUNTED = 'visit.counted';
const TAKEN = 'staff.tookPayment';
const SECOND = 1000;

/** A visit that came to 提交 or to its end, for the reports of days. */
export function noteVisit(events: EventLog, account: VisitAccount): void {
  events.note(COUNTED, {
    milliseconds: Math.round(account.milliseconds),
    takes: account.takes,
    handedIn: account.handedIn,
    refusals: account.refusals.join(),
    ...(account.release ? { release: account.release } : {}),
    ...(account.frameByStaff ? { frameByStaff: true } : {}),
  });
}

/** A fee that staff took at their desk, for the reports of days. */
export function noteTaking(events: EventLog, taking: Taking): void {
  events.note(TAKEN, taking);
}

type Taking = { readonly method: DeskPaymentMethod; readonly fen: number };

type Visit = VisitAccount & { readonly at: number };

type Books = {
  readonly events: EventLog;
  readonly dayBook: DayBook;
  readonly outbox: Pick<Outbox, 'counts'>;
};

/** `day`: of the station's own calendar, `YYYY-MM-DD`. */
export function dayReport({ events, dayBook, outbox }: Books, day: string): DayReport {
  const [from, until] = spanOf(day);
  const visits = events.between(COUNTED, from.getTime(), until.getTime()).map(visitOf);
  const done = visits.filter(({ handedIn }) => handedIn);
  const seconds = done.map(({ milliseconds }) => milliseconds / SECOND).sort((a, b) => a - b);
  const takes = done.map((visit) => visit.takes);
  const photos = dayBook.photos(from, until);
  return {
    day,
    visits: visits.length,
    handedIn: done.length,
    takesMean: takes.length === 0 ? null : takes.reduce((sum, n) => sum + n, 0) / takes.length,
    takesMost: Math.max(0, ...takes),
    secondsMedian: medianOf(seconds),
    secondsSlowest: seconds.at(-1) ?? null,
    hours: hoursOf(visits),
    refusals: refusalsOf(visits),
    releases: releasesOf(visits),
    takings: takingsOf(events.between(TAKEN, from.getTime(), until.getTime())),
    photos: PHOTO_STEPS.flatMap((step) => {
      const count = photos.get(step) ?? 0;
      return count === 0 ? [] : [{ step, count }];
    }),
    ...outbox.counts(),
  };
}

function spanOf(day: string): readonly [Date, Date] {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return [new Date(year, month - 1, date), new Date(year, month - 1, date + 1)];
}

function visitOf({ at, facts }: StationEvent): Visit {
  const refusals = String(facts.refusals ?? '');
  const release = RELEASE_CAUSE_CODES.find((cause) => cause === facts.release);
  return {
    at,
    milliseconds: Number(facts.milliseconds),
    takes: Number(facts.takes),
    handedIn: facts.handedIn === true,
    refusals: refusals === '' ? [] : refusals.split(','),
    ...(release ? { release } : {}),
  };
}

/** Of sorted numbers; between the two in the middle where there are two. */
function medianOf(sorted: readonly number[]): number | null {
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? null : (upper + lower) / 2;
}

function hoursOf(visits: readonly Visit[]): DayReport['hours'] {
  const hours = new Map<number, { visits: number; handedIn: number }>();
  for (const { at, handedIn } of visits) {
    const hour = new Date(at).getHours();
    const known = hours.get(hour) ?? { visits: 0, handedIn: 0 };
    hours.set(hour, { visits: known.visits + 1, handedIn: known.handedIn + Number(handedIn) });
  }
  return [...hours].map(([hour, counts]) => ({ hour, ...counts })).sort((a, b) => a.hour - b.hour);
}

function takingsOf(taken: readonly StationEvent[]): DayReport['takings'] {
  return DESK_PAYMENT_METHODS.flatMap((method) => {
    const own = taken.filter(({ facts }) => facts.method === method);
    const fen = own.reduce((sum, { facts }) => sum + Number(facts.fen), 0);
    return own.length === 0 ? [] : [{ method, count: own.length, fen }];
  });
}

function refusalsOf(visits: readonly Visit[]): DayReport['refusals'] {
  const counts = countsOf(visits.flatMap(({ refusals }) => refusals));
  return counts.map(([code, count]) => ({ code, count }));
}

function releasesOf(visits: readonly Visit[]): DayReport['releases'] {
  const counts = countsOf(visits.flatMap(({ release }) => release ?? []));
  return counts.map(([cause, count]) => ({ cause, count }));
}

/** The most frequent first. */
function countsOf<T>(all: readonly T[]): readonly (readonly [T, number])[] {
  const counts = new Map<T, number>();
  for (const one of all) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}
