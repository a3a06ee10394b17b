import type { Arrived } from '@gradshot/contract';
import type { CodePayload } from '@gradshot/domain';
import type { QueuePerson, QueueRow } from '../store/queue-table.ts';
import { isInLine, numberOf, type Queue } from './queue-rules.ts';

/** What tells two people apart, or that they are one, however they came into the queue. */
const MARKS = [
  'personId',
  'orderId',
  'entryId',
  'payload',
  'payloadBase64',
] as const satisfies readonly (keyof QueuePerson)[];

/** The code that somebody has shown, while it serves. */
export function shownCode({ payload, payloadBase64 }: QueuePerson): CodePayload | undefined {
  if (payload !== undefined) return { payload };
  return payloadBase64 === undefined ? undefined : { payloadBase64 };
}

/** Who stands there already and is not done; as far as can be told. */
export function rowOf(queue: Queue<QueueRow>, who: QueuePerson): QueueRow | undefined {
  return queue.find(
    ({ state, person }) =>
      state !== 'done' &&
      MARKS.some((mark) => who[mark] !== undefined && who[mark] === person[mark]),
  );
}

/** With what is known of somebody beside what was known before. */
export function withPerson(
  queue: Queue<QueueRow>,
  id: string,
  known: QueuePerson,
): Queue<QueueRow> {
  return queue.map((row) =>
    row.id === id ? { ...row, person: { ...row.person, ...known } } : row,
  );
}

/** Adds whoever arrived by phone; who stands there already keeps the number, and no one has two. */
export function withArrivals(
  queue: Queue<QueueRow>,
  arrived: readonly Arrived[],
  newRow: (queue: Queue<QueueRow>, person: QueuePerson) => QueueRow,
): Queue<QueueRow> {
  let next = queue;
  for (const person of arrived) {
    if (next.some((row) => row.person.arrivalId === person.arrivalId)) continue;
    const there = rowOf(next, person);
    next = there ? withPerson(next, there.id, person) : [...next, newRow(next, person)];
  }
  return next;
}

/** Where those stand who arrived by phone, for their phones. */
export function placesOf(queue: Queue<QueueRow>) {
  return queue.flatMap(({ person: { arrivalId }, place, state }) => {
    if (arrivalId === undefined) return [];
    const ahead = queue.filter((row) => row.place < place && isInLine(row)).length;
    return [{ arrivalId, number: numberOf(place), state, ahead }];
  });
}
