import { dayInBeijing, fail, type OrderState, ok, type Result } from '@gradshot/domain';
import type { ClassListView, ClassPersonState, CommandResponse } from '../../../shared/index.ts';
import { type Clock, timestamp } from '../ground/clock.ts';
import type { Log } from '../ground/core.ts';
import type { Visit } from '../session/visit.ts';
import type { EventLog } from '../store/event-log.ts';
import type { KeptClass, KeptClassPerson } from '../store/kept-class.ts';
import type { QueuePerson } from '../store/queue-table.ts';
import type { Settings } from '../store/settings.ts';
import { storing, unlessFull } from '../store/store-failure.ts';
import type { RosterClass, RosterDesk } from '../sync/roster-desk.ts';
import {
  absentMarked,
  broughtUpToDate,
  orderMoved,
  type People,
  queueMoved,
  shownState,
} from './class-rules.ts';
import { shownCode } from './queue-people.ts';
import { numberOf, type QueueEvent, visitEvent } from './queue-rules.ts';
import type { StationQueue } from './station-queue.ts';

/** 按名单拍摄: one class of the school, worked through at this station; goes on without the network. */
export type ClassList = {
  /** Undefined while none is open. */
  view(): ClassListView | undefined;
  classes(): Promise<Result<CommandResponse<'staff.classes'>>>;
  /** The same class again is brought up to date; another one takes its place. */
  open(wanted: RosterClass): Promise<Result<null>>;
  close(): Promise<Result<null>>;
  begin(entryId: string): Promise<Result<{ begun: boolean }>>;
  markAbsent(entryId: string, absent: boolean): Promise<Result<null>>;
  /** What has become of somebody in the queue. */
  queueMoved(person: QueuePerson, event: QueueEvent): void;
  /** What the server says of an order. */
  orderChanged(change: { readonly orderId: string; readonly state: OrderState }): void;
  /** To be called whenever the visit may have changed. */
  followVisit(): void;
  /** See `StationQueue`. */
  heardTime(serverNow: number): void;
};

/** Who is there, or was, for all to see. */
const PRESENT: readonly ClassPersonState[] = ['called', 'inVisit', 'done'];

export type ClassListOptions = {
  readonly settings: Settings;
  readonly events: EventLog;
  readonly clock: Clock;
  readonly log: Log;
  readonly roster: Pick<RosterDesk, 'classes' | 'openClass'>;
  readonly queue: () => Pick<StationQueue, 'beginOf' | 'standing'>;
  readonly visit: Pick<Visit, 'state'>;
  readonly onChange: () => void;
};

export function createClassList(options: ClassListOptions): ClassList {
  const { settings, clock, log } = options;
  let list: KeptClass | undefined = settings.get('classList');

  const write = (next: KeptClass | undefined) => {
    if (next) settings.set('classList', next);
    else settings.remove('classList');
    list = next;
    options.onChange();
  };
  /** What staff do is done when it is on the disk, or not at all. */
  const keep = (next: KeptClass | undefined): Promise<Result<null>> =>
    storing(async () => {
      write(next);
      return ok(null);
    });
  /** What has come to pass stands, also where the disk takes it only later. */
  const note = (change: (people: People) => People) => {
    if (!list) return;
    const people = change(list.people);
    if (people === list.people) return;
    const next = { ...list, people };
    list = next;
    unlessFull(log, () => settings.set('classList', next));
    options.onChange();
  };
  const find = (entryId: string) => list?.people.find((person) => person.entryId === entryId);

  return {
    view: () => list && viewOf(list, options.queue()),
    async classes() {
      const told = await options.roster.classes();
      return told.ok ? ok(told.value.classes) : told;
    },
    async open(wanted) {
      const told = await options.roster.openClass(wanted);
      if (!told.ok) return told;
      const { people, more } = told.value;
      const same = list && isSame(list, wanted) ? list : undefined;
      const kept = await keep({
        ...{ ...wanted, more, loadedAt: timestamp(clock) },
        ...(same?.day === undefined ? {} : { day: same.day }),
        people: broughtUpToDate(same?.people ?? [], people),
      });
      if (kept.ok && !same) options.events.note('class.opened', { people: people.length });
      return kept;
    },
    close: () => keep(undefined),
    async begin(entryId) {
      const person = find(entryId);
      if (!person) return fail('request.notFound');
      if (person.mark === 'done') return fail('station.wrongStep');
      return options.queue().beginOf(asQueuePerson(person));
    },
    async markAbsent(entryId, absent) {
      const person = find(entryId);
      if (!list || !person) return fail('request.notFound');
      const standing = options.queue().standing(asQueuePerson(person))?.state;
      // 过号 is for who was called.
      if (absent && PRESENT.includes(shownState(person.mark, standing)))
        return fail('station.wrongStep');
      return keep({ ...list, people: absentMarked(list.people, entryId, absent) });
    },
    queueMoved: (who, event) =>
      note((people) => queueMoved(people, (one) => isOne(one, who), event)),
    orderChanged: ({ orderId, state }) => note((people) => orderMoved(people, orderId, state)),
    followVisit() {
      const { view } = options.visit.state();
      if (!list || view.step !== 'handedIn' || visitEvent(view) !== 'handIn') return;
      const { orderId } = view.order;
      note((people) => queueMoved(people, (one) => one.orderId === orderId, 'handIn'));
    },
    heardTime(serverNow) {
      if (!list) return;
      const today = dayInBeijing(new Date(serverNow));
      const { day } = list;
      if (day === today) return;
      const next = day !== undefined && day < today ? undefined : { ...list, day: today };
      unlessFull(log, () => write(next));
    },
  };
}

const isSame = (one: KeptClass, { batchId, college, className }: RosterClass) =>
  one.batchId === batchId && one.college === college && one.className === className;

const isOne = (person: KeptClassPerson, who: QueuePerson) =>
  person.entryId === who.entryId ||
  person.personId === who.personId ||
  (person.orderId !== undefined && person.orderId === who.orderId);

function asQueuePerson({ entryId, personId, maskedName, orderId }: KeptClassPerson): QueuePerson {
  return { entryId, personId, maskedName, ...(orderId === undefined ? {} : { orderId }) };
}

function viewOf(list: KeptClass, queue: Pick<StationQueue, 'standing'>): ClassListView {
  const { batchId, college, className, loadedAt, more } = list;
  return {
    ...{ batchId, college, className, loadedAt, more },
    people: list.people.map((person) => {
      const { entryId, maskedName, studentNumberEnd, mark, orderId } = person;
      const row = queue.standing(asQueuePerson(person));
      return {
        ...{ entryId, maskedName, studentNumberEnd, state: shownState(mark, row?.state) },
        ...(row && mark !== 'done' ? { number: numberOf(row.place) } : {}),
        needsCode: orderId === undefined && !(row && shownCode(row.person)),
      };
    }),
  };
}
