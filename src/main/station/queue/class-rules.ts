import { isIn, type OrderState, type QueueState } from '@gradshot/domain';
import type { ClassPersonState } from '../../../shared/index.ts';
import type { KeptClassPerson } from '../store/kept-class.ts';
import type { QueueEvent } from './queue-rules.ts';

/** 按名单拍摄 without any I/O: who of a class is done, absent or still to come. */

export type People = readonly KeptClassPerson[];

/** Somebody of the class as the server tells of them. */
export type ToldPerson = Omit<KeptClassPerson, 'mark' | 'orderId'> & {
  readonly order?: { readonly orderId: string; readonly state: OrderState } | undefined;
};

const isDone = (state: OrderState) => isIn(state, 'review', 'approved');

/**
 * The class as the server tells it now. What staff said of somebody stays; what was handed in here is
 * done, although it may not have reached the server yet, until the server says that it was sent back.
 */
export function broughtUpToDate(before: People, told: readonly ToldPerson[]): People {
  const known = new Map(before.map((person) => [person.entryId, person]));
  return told.map(({ order, ...person }) => {
    const mark = order
      ? markBy(order.state, known.get(person.entryId)?.mark)
      : known.get(person.entryId)?.mark;
    return { ...person, ...(order ? { orderId: order.orderId } : {}), ...(mark ? { mark } : {}) };
  });
}

function markBy(state: OrderState, before: KeptClassPerson['mark']): KeptClassPerson['mark'] {
  if (isDone(state)) return 'done';
  return state === 'rejected' && before === 'done' ? undefined : before;
}

/** What the server says of one order. */
export function orderMoved(people: People, orderId: string, state: OrderState): People {
  return changed(people, (person) =>
    person.orderId === orderId ? markBy(state, person.mark) : person.mark,
  );
}

/** What has become of somebody in the queue. */
export function queueMoved(
  people: People,
  is: (person: KeptClassPerson) => boolean,
  event: QueueEvent,
): People {
  return changed(people, (person) => {
    if (!is(person)) return person.mark;
    if (event === 'handIn') return 'done';
    if (person.mark === 'done') return 'done';
    return event === 'miss' ? 'absent' : undefined;
  });
}

/** 缺席, or taken back. Who is done is not absent. */
export function absentMarked(people: People, entryId: string, absent: boolean): People {
  return changed(people, (person) => {
    if (person.entryId !== entryId || person.mark === 'done') return person.mark;
    return absent ? 'absent' : undefined;
  });
}

/** The same list where nothing has changed. */
function changed(
  people: People,
  markOf: (person: KeptClassPerson) => KeptClassPerson['mark'],
): People {
  if (people.every((person) => markOf(person) === person.mark)) return people;
  return people.map((person) => {
    const mark = markOf(person);
    if (mark === person.mark) return person;
    const { mark: _gone, ...rest } = person;
    return mark ? { ...rest, mark } : rest;
  });
}

/** How somebody is shown: what the queue says goes before 缺席, and 已完成 before both. */
export function shownState(
  mark: KeptClassPerson['mark'],
  queued: QueueState | undefined,
): ClassPersonState {
  if (mark === 'done') return 'done';
  if (queued === 'inVisit' || queued === 'called') return queued;
  if (mark === 'absent') return 'absent';
  return queued === 'waiting' || queued === 'handedBack' ? 'here' : 'open';
}
