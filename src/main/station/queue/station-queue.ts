import { HANDOVER_PREFIX } from '@gradshot/contract';
import {
  type CodePayload,
  dayInBeijing,
  type Failure,
  fail,
  isRetryable,
  ok,
  type Result,
} from '@gradshot/domain';
import type {
  CheckedIn,
  CommandResponse,
  QueueEntryView,
  QueueView,
  RosterPersonView,
} from '../../../shared/index.ts';
import { type Clock, timestamp } from '../ground/clock.ts';
import type { Log } from '../ground/core.ts';
import type { GraduateDesk } from '../session/ports.ts';
import type { Visit } from '../session/visit.ts';
import type { EventLog } from '../store/event-log.ts';
import type { QueuePerson, QueueRow, QueueTable } from '../store/queue-table.ts';
import { storing, unlessFull } from '../store/store-failure.ts';
import type { RosterDesk } from '../sync/roster-desk.ts';
import {
  atStart,
  isInLine,
  moved,
  nextInLine,
  nextPlace,
  numberOf,
  type Queue,
  type QueueEvent,
  visitEvent,
} from './queue-rules.ts';

/** Who has checked in at this station, in turn; kept over restarts until the next day. */
export type StationQueue = {
  view(): QueueView;
  /** By a 采集码. The same code is the same entry, however often it is shown. */
  checkIn(payload: string): Promise<Result<CheckedIn>>;
  /** Looks somebody up in the school's roster, at the server. */
  search(text: string): Promise<Result<CommandResponse<'staff.queueSearch'>>>;
  /** Checks in whom the last search found; the 采集码 is shown later. */
  add(entryId: string): Promise<Result<CheckedIn>>;
  /** Calls whoever is next, or somebody out of turn. */
  call(id?: string): Promise<Result<null>>;
  /** 过号. */
  miss(id: string): Promise<Result<null>>;
  /** Begins the visit with the code of who was called. */
  begin(id: string): Promise<Result<null>>;
  /** A visit has begun with one of these at the screen; whoever waits with it is no longer waiting. */
  shown(codes: readonly CodePayload[]): void;
  /** To be called whenever the visit may have changed. */
  followVisit(): void;
  /** To be called whenever the server tells its time, in milliseconds since 1970. */
  heardTime(serverNow: number): void;
};

export type StationQueueOptions = {
  readonly table: QueueTable;
  readonly events: EventLog;
  readonly clock: Clock;
  readonly log: Log;
  /** A random UUID. */
  readonly newId: () => string;
  readonly desk: Pick<GraduateDesk, 'resolveCode'>;
  readonly roster: RosterDesk;
  readonly visit: Visit;
  readonly onChange: () => void;
};

/** More than anybody reads on a screen, less than what makes a snapshot heavy. */
const SHOWN_ENTRIES = 200;

export function createStationQueue(options: StationQueueOptions): StationQueue {
  const { table, clock, visit, log } = options;
  let queue: Queue<QueueRow> = [];
  /** What the disk does not have yet. */
  let unsaved = new Set<string>();
  let inVisit: { readonly id: string; readonly visit: number } | undefined;
  let shown: QueueView | undefined;
  let day: string | undefined;
  let found: readonly RosterPersonView[] = [];
  /** The codes that are being asked about: two readings of one are one check-in. */
  const asking = new Map<string, Promise<Result<CheckedIn>>>();

  const become = (next: Queue<QueueRow>) => {
    const before = new Map(queue.map((row) => [row.id, row]));
    for (const row of next) if (before.get(row.id) !== row) unsaved.add(row.id);
    queue = next.map((row) =>
      before.get(row.id)?.state === row.state ? row : { ...row, stateAt: timestamp(clock) },
    );
    shown = undefined;
  };

  const save = () => {
    table.save(queue.filter(({ id }) => unsaved.has(id)));
    unsaved.clear();
  };

  /** What staff do is done when it is on the disk, or not at all. */
  const keep = (next: Queue<QueueRow>): Promise<Result<null>> =>
    storing(async () => {
      const [before, unsavedBefore] = [queue, new Set(unsaved)];
      become(next);
      try {
        save();
      } catch (error) {
        [queue, unsaved, shown] = [before, unsavedBefore, undefined];
        throw error;
      }
      options.onChange();
      return ok(null);
    });

  /** What a visit has come to stands, also where the disk takes it only later. */
  const note = (id: string, event: QueueEvent) => {
    const next = moved(queue, id, event);
    if (!next.ok) return;
    become(next.value);
    unlessFull(log, save);
    options.onChange();
  };

  const move = async (id: string, event: QueueEvent): Promise<Result<null>> => {
    const next = moved(queue, id, event);
    return next.ok ? keep(next.value) : next;
  };

  become(atStart(table.all()));
  unlessFull(log, save);

  const find = (id: string) => queue.find((row) => row.id === id);
  const holderOf = (payload: string) => queue.find(({ person }) => person.payload === payload);
  const withPerson = (id: string, person: QueuePerson) =>
    queue.map((row) => (row.id === id ? { ...row, person } : row));

  const follow = () => {
    if (!inVisit) return;
    const { id, visit: number } = inVisit;
    const { view, visit: present, running } = visit.state();
    const event = present === number ? visitEvent(view) : 'leave';
    // A code that is being looked up is on the page before.
    if (!event || (present === number && event === 'leave' && running)) return;
    inVisit = undefined;
    note(id, event);
  };

  const enter = (id: string) => {
    const { view, visit: number } = visit.state();
    if (visitEvent(view) === 'leave') return;
    note(id, 'begin');
    if (find(id)?.state === 'inVisit') inVisit = { id, visit: number };
  };

  const seat = async (payload: string): Promise<Result<CheckedIn>> => {
    const resolved = await options.desk.resolveCode({ payload });
    if (!resolved.ok && !isRetryable(resolved.error.code)) return resolved;
    const there = holderOf(payload);
    if (there) return ok({ number: numberOf(there.place), outcome: 'already' });
    const person = { payload, ...(resolved.ok ? masked(resolved.value.student) : {}) };
    const ticket = resolved.ok ? resolved.value.ticket : undefined;
    const awaited =
      (await listed(ticket, person)) ??
      queue.find((row) => row.state === 'called' && isAwaited(row, person));
    if (!awaited) return seatAnew(person);
    const kept = await keep(withPerson(awaited.id, { ...awaited.person, ...person }));
    return kept.ok ? ok({ number: numberOf(awaited.place), outcome: 'joined' }) : kept;
  };

  /** Who was found in the roster and waits for this very code; the server knows whose it is. */
  const listed = async (ticket: string | undefined, person: QueuePerson) => {
    if (ticket === undefined) return undefined;
    for (const { id, state, person: known } of queue) {
      const { entryId, payload, maskedName } = known;
      if (entryId === undefined || payload !== undefined) continue;
      if (state !== 'called' && maskedName !== person.maskedName) continue;
      const same = await options.roster.confirm(ticket, entryId);
      if (same.ok && same.value) return find(id);
    }
    return undefined;
  };

  const seatAnew = async (person: QueuePerson): Promise<Result<CheckedIn>> => {
    const row = newRow(person);
    const number = numberOf(row.place);
    const kept = await keep([...queue, row]);
    if (!kept.ok) return kept;
    options.events.note('queue.checkedIn', { number });
    return ok({ number, outcome: 'new' });
  };

  const newRow = (person: QueuePerson): QueueRow => {
    const now = timestamp(clock);
    return {
      ...{ id: options.newId(), place: nextPlace(queue), state: 'waiting', person },
      ...{ checkedInAt: now, stateAt: now },
    };
  };

  return {
    view() {
      shown ??= viewOf(queue);
      return shown;
    },
    async checkIn(payload) {
      if (payload.trim() === '' || payload.startsWith(HANDOVER_PREFIX))
        // It serves once, and soon: asking who it is would use it up.
        return fail('code.notCollectionCode');
      const there = holderOf(payload);
      if (there) return ok({ number: numberOf(there.place), outcome: 'already' });
      const underWay = asking.get(payload);
      if (underWay) return underWay;
      const seated = seat(payload).finally(() => asking.delete(payload));
      asking.set(payload, seated);
      return seated;
    },
    async search(text) {
      const told = await options.roster.search(text);
      if (told.ok) found = told.value.people;
      return told;
    },
    async add(entryId) {
      const there = queue.find(({ person }) => person.entryId === entryId);
      if (there) return ok({ number: numberOf(there.place), outcome: 'already' });
      const known = found.find((one) => one.entryId === entryId);
      if (!known) return fail('request.notFound');
      return seatAnew({ entryId, maskedName: known.maskedName });
    },
    async call(id) {
      const whom = id ?? nextInLine(queue)?.id;
      return whom === undefined ? fail('request.notFound') : move(whom, 'call');
    },
    miss: (id) => move(id, 'miss'),
    async begin(id) {
      const row = find(id);
      if (!row) return fail('request.notFound');
      const { payload } = row.person;
      if (row.state !== 'called' || payload === undefined) return fail('station.wrongStep');
      const begun = await visit.command('session.submitCode', { payload, source: 'typed' });
      if (begun.ok) {
        enter(id);
      } else if (isSpent(begun.error)) {
        // A new one from the phone takes its place.
        const { payload: _spent, ...person } = row.person;
        await keep(withPerson(id, person));
      }
      return begun;
    },
    shown(codes) {
      const texts = codes.flatMap((code) => ('payload' in code ? [code.payload] : []));
      const row = queue.find(({ person }) => texts.includes(person.payload ?? ''));
      if (row) enter(row.id);
    },
    followVisit: follow,
    heardTime(serverNow) {
      const today = dayInBeijing(new Date(serverNow));
      // Those who came since are told of too, so that the next day finds them.
      if (today === day && queue.length === 0) return;
      day = today;
      unlessFull(log, () => {
        save();
        if (!table.forget(today)) return;
        const present = inVisit && find(inVisit.id);
        queue = table.all().map((row) => (row.id === present?.id ? present : row));
        shown = undefined;
        options.onChange();
      });
    },
  };
}

function viewOf(queue: Queue<QueueRow>): QueueView {
  const entries = queue.flatMap((row) => (row.state === 'done' ? [] : [entryView(row, row.state)]));
  return {
    entries: entries.slice(0, SHOWN_ENTRIES),
    waiting: queue.filter(isInLine).length,
    done: queue.filter(({ state }) => state === 'done').length,
  };
}

function entryView(
  { id, place, person, checkedInAt }: QueueRow,
  state: QueueEntryView['state'],
): QueueEntryView {
  const { maskedName, payload } = person;
  return {
    ...{ id, number: numberOf(place), state, since: checkedInAt },
    ...(maskedName === undefined ? {} : { maskedName }),
    needsCode: payload === undefined,
  };
}

type Masked = { readonly maskedName: string; readonly maskedIdNumber: string };

const masked = ({ maskedName, maskedIdNumber }: Masked): Masked => ({ maskedName, maskedIdNumber });

/** Who was called without a code that serves, and may be the one who shows this one. */
function isAwaited({ person }: QueueRow, shown: QueuePerson): boolean {
  if (person.payload !== undefined || person.entryId !== undefined) return false;
  return (
    person.maskedName === undefined ||
    (person.maskedName === shown.maskedName && person.maskedIdNumber === shown.maskedIdNumber)
  );
}

/** The code itself is refused, now and always. */
const isSpent = ({ code }: Failure) => code.startsWith('code.') && !isRetryable(code);
