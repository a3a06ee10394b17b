import { type ArrivalPlace, type Arrived, HANDOVER_PREFIX } from '@gradshot/contract';
import {
  type CodePayload,
  codeKey,
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
import type { GraduateDesk, ResolvedCode } from '../session/ports.ts';
import type { Visit } from '../session/visit.ts';
import type { EventLog } from '../store/event-log.ts';
import type { QueuePerson, QueueRow, QueueTable } from '../store/queue-table.ts';
import { storing, unlessFull } from '../store/store-failure.ts';
import type { ArrivalDesk } from '../sync/arrival-desk.ts';
import type { RosterDesk } from '../sync/roster-desk.ts';
import { placesOf, rowOf, shownCode, withArrivals, withPerson } from './queue-people.ts';
import {
  atStart,
  isInLine,
  moved,
  nextInLine,
  nextPlace,
  numberOf,
  type Queue,
  type QueueEvent,
  stateAfter,
  visitEvent,
} from './queue-rules.ts';

/** Who has checked in at this station, in turn; kept over restarts until the next day. */
export type StationQueue = {
  view(): QueueView;
  /** By a 采集码. The same code is the same entry, however often it is shown. */
  checkIn(code: CodePayload): Promise<Result<CheckedIn>>;
  /** Looks somebody up in the school's roster, at the server. */
  search(text: string): Promise<Result<CommandResponse<'staff.queueSearch'>>>;
  /** Checks in whom the last search found; the 采集码 is shown later. */
  add(entryId: string): Promise<Result<CheckedIn>>;
  /** Calls whoever is next, or somebody out of turn. */
  call(id?: string): Promise<Result<null>>;
  /** 过号. */
  miss(id: string): Promise<Result<null>>;
  /** Begins the visit of who was called, with the own code or by the order. */
  begin(id: string): Promise<Result<null>>;
  /** Calls somebody of the roster, checked in or not, and begins where no code has to be shown first. */
  beginOf(person: QueuePerson): Promise<Result<{ begun: boolean }>>;
  /** Those who arrived by phone, told as often as the server likes. */
  arrive(people: readonly Arrived[]): Promise<Result<null>>;
  /** Where those stand who arrived by phone. */
  places(): readonly ArrivalPlace[];
  /** Where somebody stands who is not done. */
  standing(person: QueuePerson): QueueRow | undefined;
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
  readonly roster: Pick<RosterDesk, 'search' | 'confirm'>;
  readonly arrivals: Pick<ArrivalDesk, 'codeOf'>;
  readonly visit: Visit;
  readonly onChange: () => void;
  /** What has become of somebody, once it stands. */
  readonly onMoved: (person: QueuePerson, event: QueueEvent) => void;
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

  const tellMoved = (id: string, event: QueueEvent) => {
    const row = find(id);
    if (row) options.onMoved(row.person, event);
  };

  /** What a visit has come to stands, also where the disk takes it only later. */
  const note = (id: string, event: QueueEvent) => {
    const next = moved(queue, id, event);
    if (!next.ok) return;
    become(next.value);
    unlessFull(log, save);
    tellMoved(id, event);
    options.onChange();
  };

  const move = async (id: string, event: QueueEvent): Promise<Result<null>> => {
    const next = moved(queue, id, event);
    const kept = next.ok ? await keep(next.value) : next;
    if (kept.ok) tellMoved(id, event);
    return kept;
  };

  become(atStart(table.all()));
  unlessFull(log, save);

  const find = (id: string) => queue.find((row) => row.id === id);
  const holderOf = (code: CodePayload) =>
    queue.find(({ person }) => {
      const own = shownCode(person);
      return own !== undefined && codeKey(own) === codeKey(code);
    });

  const follow = () => {
    if (!inVisit) return meet();
    const { id, visit: number } = inVisit;
    const { view, visit: present, running } = visit.state();
    const event = present === number ? visitEvent(view) : 'leave';
    // A code that is being looked up is on the page before.
    if (!event || (present === number && event === 'leave' && running)) return;
    inVisit = undefined;
    note(id, event);
  };

  /** Who began at the screen without being called is known by the orders. */
  const meet = () => {
    const orderIds = visit.state().orders.map(({ orderId }) => orderId);
    if (orderIds.length === 0) return;
    const row = queue.find(
      ({ person, state }) => orderIds.includes(person.orderId ?? '') && stateAfter(state, 'begin'),
    );
    if (row) enter(row.id);
  };

  /** The own code where it was shown, else what the server makes of the order. */
  const codeOf = async (person: QueuePerson): Promise<Result<CodePayload>> => {
    const own = shownCode(person);
    if (own) return ok(own);
    const made = await options.arrivals.codeOf(person.orderId ?? '');
    return made.ok ? ok({ payload: made.value }) : made;
  };

  const enter = (id: string) => {
    const { view, visit: number } = visit.state();
    if (visitEvent(view) === 'leave') return;
    note(id, 'begin');
    if (find(id)?.state === 'inVisit') inVisit = { id, visit: number };
  };

  const seat = async (code: CodePayload): Promise<Result<CheckedIn>> => {
    const resolved = await options.desk.resolveCode(code);
    if (!resolved.ok && !isRetryable(resolved.error.code)) return resolved;
    const there = holderOf(code);
    if (there) return ok({ number: numberOf(there.place), outcome: 'already' });
    const person: QueuePerson = { ...code, ...(resolved.ok ? knownOf(resolved.value) : {}) };
    const ticket = resolved.ok ? resolved.value.ticket : undefined;
    const known = person.personId && rowOf(queue, { personId: person.personId });
    if (known) return join(known, person);
    const awaited =
      (await listed(ticket, person)) ??
      queue.find((row) => row.state === 'called' && isAwaited(row, person));
    return awaited ? join(awaited, person) : seatAnew(person);
  };

  const join = async (row: QueueRow, person: QueuePerson): Promise<Result<CheckedIn>> => {
    const outcome = needsCode(row) ? 'joined' : 'already';
    const kept = await keep(withPerson(queue, row.id, person));
    return kept.ok ? ok({ number: numberOf(row.place), outcome }) : kept;
  };

  /** Who was found in the roster and waits for this very code; the server knows whose it is. */
  const listed = async (ticket: string | undefined, person: QueuePerson) => {
    if (ticket === undefined) return undefined;
    for (const { id, state, person: known } of queue) {
      const { entryId, maskedName } = known;
      if (entryId === undefined || shownCode(known)) continue;
      if (state !== 'called' && maskedName !== person.maskedName) continue;
      const same = await options.roster.confirm(ticket, entryId);
      if (same.ok && same.value) return find(id);
    }
    return undefined;
  };

  const seatAnew = async (person: QueuePerson): Promise<Result<CheckedIn>> => {
    const row = newRow(queue, person);
    const number = numberOf(row.place);
    const kept = await keep([...queue, row]);
    if (!kept.ok) return kept;
    options.events.note('queue.checkedIn', { number });
    return ok({ number, outcome: 'new' });
  };

  const newRow = (before: Queue<QueueRow>, person: QueuePerson): QueueRow => {
    const now = timestamp(clock);
    return {
      ...{ id: options.newId(), place: nextPlace(before), state: 'waiting', person },
      ...{ checkedInAt: now, stateAt: now },
    };
  };

  return {
    view() {
      shown ??= viewOf(queue);
      return shown;
    },
    async checkIn(code) {
      const { payload } = 'payload' in code ? code : { payload: undefined };
      if (payload !== undefined && (payload.trim() === '' || payload.startsWith(HANDOVER_PREFIX)))
        // It serves once, and soon: asking who it is would use it up.
        return fail('code.notCollectionCode');
      const there = holderOf(code);
      if (there) return ok({ number: numberOf(there.place), outcome: 'already' });
      const key = codeKey(code);
      const underWay = asking.get(key);
      if (underWay) return underWay;
      const seated = seat(code).finally(() => asking.delete(key));
      asking.set(key, seated);
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
      const { maskedName, personId } = known;
      const person = { entryId, maskedName, ...(personId === undefined ? {} : { personId }) };
      const same = rowOf(queue, person);
      return same ? join(same, person) : seatAnew(person);
    },
    async call(id) {
      const whom = id ?? nextInLine(queue)?.id;
      return whom === undefined ? fail('request.notFound') : move(whom, 'call');
    },
    miss: (id) => move(id, 'miss'),
    async begin(id) {
      const row = find(id);
      if (!row) return fail('request.notFound');
      if (row.state !== 'called' || needsCode(row)) return fail('station.wrongStep');
      const code = await codeOf(row.person);
      if (!code.ok) return code;
      const codes = [code.value];
      const begun = await visit.command('session.submitCode', { codes, source: 'typed' });
      if (begun.ok) {
        enter(id);
      } else if (isSpent(begun.error)) {
        // A new one from the phone takes its place.
        const { payload: _spent, payloadBase64: _bytes, ...person } = row.person;
        await keep(queue.map((one) => (one.id === id ? { ...one, person } : one)));
      }
      return begun;
    },
    async beginOf(person) {
      const there = rowOf(queue, person);
      const seated = there
        ? await keep(withPerson(queue, there.id, person))
        : await seatAnew(person);
      if (!seated.ok) return seated;
      const row = rowOf(queue, person);
      if (!row) return fail('request.notFound');
      if (row.state !== 'called') {
        const called = await move(row.id, 'call');
        if (!called.ok) return called;
      }
      if (needsCode(row)) return ok({ begun: false });
      const begun = await this.begin(row.id);
      return begun.ok ? ok({ begun: true }) : begun;
    },
    arrive: async (people) => {
      const next = withArrivals(queue, people, newRow);
      return next === queue ? ok(null) : keep(next);
    },
    places: () => placesOf(queue),
    standing: (person) => rowOf(queue, person),
    shown(codes) {
      const row = codes.map(holderOf).find((one) => one !== undefined);
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
  const { maskedName } = person;
  return {
    ...{ id, number: numberOf(place), state, since: checkedInAt },
    ...(maskedName === undefined ? {} : { maskedName }),
    needsCode: needsCode({ person }),
  };
}

const needsCode = ({ person }: Pick<QueueRow, 'person'>): boolean =>
  !shownCode(person) && person.orderId === undefined;

function knownOf({ student, personId }: ResolvedCode): QueuePerson {
  const { maskedName, maskedIdNumber } = student;
  return { maskedName, maskedIdNumber, ...(personId === undefined ? {} : { personId }) };
}

/** Who was called without a code that serves, and may be the one who shows this one. */
function isAwaited({ person }: QueueRow, shown: QueuePerson): boolean {
  if (shownCode(person) || person.entryId !== undefined) return false;
  return (
    person.maskedName === undefined ||
    (person.maskedName === shown.maskedName && person.maskedIdNumber === shown.maskedIdNumber)
  );
}

/** The code itself is refused, now and always. */
const isSpent = ({ code }: Failure) => code.startsWith('code.') && !isRetryable(code);
