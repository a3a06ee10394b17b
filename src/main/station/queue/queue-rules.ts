import { fail, IN_LINE, isIn, ok, type QueueState, type Result } from '@gradshot/domain';
import { journeyOfOrder, type SessionView } from '../../../shared/index.ts';

/** The queue of a station without any I/O: who stands where, and what may become of them. */

export type QueueEntry = {
  readonly id: string;
  /** Counts the check-ins since the queue was last empty, from 1; the place in line, and the number. */
  readonly place: number;
  readonly state: QueueState;
};

/** By place. */
export type Queue<E extends QueueEntry = QueueEntry> = readonly E[];

/**
 * `call`: 叫号. `begin`: the visit with this code is under way. `handIn`: 提交. `leave`: the visit is over
 * without it. `miss`: 过号.
 */
export const QUEUE_EVENTS = ['call', 'begin', 'handIn', 'leave', 'miss'] as const;
export type QueueEvent = (typeof QUEUE_EVENTS)[number];

const TRANSITIONS: Readonly<Record<QueueState, { readonly [E in QueueEvent]?: QueueState }>> = {
  // Whoever shows the code at the screen is there, called or not.
  waiting: { call: 'called', begin: 'inVisit' },
  handedBack: { call: 'called', begin: 'inVisit' },
  absent: { call: 'called', begin: 'inVisit' },
  called: { begin: 'inVisit', miss: 'absent' },
  inVisit: { handIn: 'done', leave: 'handedBack' },
  done: {},
};

/** Only one at a time may stand there: one is before the camera, and one on the way to it. */
const NARROW: readonly QueueState[] = ['called', 'inVisit'];

export const isInLine = ({ state }: QueueEntry): boolean =>
  (IN_LINE as readonly QueueState[]).includes(state);

/** Who is called next. */
export function nextInLine<E extends QueueEntry>(queue: Queue<E>): E | undefined {
  return queue.find(isInLine);
}

/** For whoever checks in next. Nobody is given a number that somebody has. */
export function nextPlace(queue: Queue): number {
  return (queue.at(-1)?.place ?? 0) + 1;
}

/** What an event makes of an entry; undefined where it may not happen. */
export function stateAfter(state: QueueState, event: QueueEvent): QueueState | undefined {
  return TRANSITIONS[state][event];
}

/** `request.notFound` for nobody, `station.wrongStep` where it may not happen: nothing is changed then. */
export function moved<E extends QueueEntry>(
  queue: Queue<E>,
  id: string,
  event: QueueEvent,
): Result<Queue<E>> {
  const entry = queue.find((one) => one.id === id);
  if (!entry) return fail('request.notFound');
  const state = stateAfter(entry.state, event);
  if (!state) return fail('station.wrongStep');
  if (NARROW.includes(state) && queue.some((one) => one.state === state))
    return fail('station.wrongStep');
  return ok(queue.map((one) => (one === entry ? { ...one, state } : one)));
}

/** No visit outlives the program: who was in one waits again. */
export function atStart<E extends QueueEntry>(queue: Queue<E>): Queue<E> {
  return queue.map((one) => ({
    ...one,
    state: stateAfter(one.state, 'leave') ?? one.state,
  }));
}

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const EACH = 999;

/** Short, easy to call across a hall: A001 … A999, B001 …; without I and O, that read like digits. */
export function numberOf(place: number): string {
  const index = place - 1;
  const letter = LETTERS[Math.floor(index / EACH) % LETTERS.length];
  return `${letter}${String((index % EACH) + 1).padStart(3, '0')}`;
}

/** What the page that a visit is on means for its place in the queue. */
export function visitEvent(view: SessionView): 'handIn' | 'leave' | undefined {
  if (view.step === 'welcome' || view.step === 'scanCode') return 'leave';
  if (view.step !== 'handedIn') return undefined;
  const { step, state } = journeyOfOrder(view.order);
  // Also who handed in at home: there is nothing left to do here.
  return step === 'handedIn' || isIn(state, 'review', 'approved') ? 'handIn' : undefined;
}
