import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { QueuePerson, QueueRow } from '../store/queue-table.ts';
import { placesOf, rowOf, withArrivals, withPerson } from './queue-people.ts';
import { moved, nextPlace, numberOf, QUEUE_EVENTS, type Queue } from './queue-rules.ts';

const newRow = (queue: Queue<QueueRow>, person: QueuePerson): QueueRow => ({
  ...{ id: `${queue.length}`, place: nextPlace(queue), state: 'waiting', person },
  ...{ checkedInAt: '', stateAt: '' },
});

/** Of five people, each with one order; the server repeats itself, and tells of one anew. */
const arrivalOf = (who: number, scan: number) => ({
  ...{ arrivalId: `${who}-${scan}`, orderId: `order ${who}`, personId: `person ${who}` },
  ...{ maskedName: '张*', maskedIdNumber: '1**' },
});
const people = fc.integer({ min: 1, max: 5 });
const act = fc.oneof(
  fc.record({
    arrived: fc.array(fc.record({ who: people, scan: fc.integer({ min: 1, max: 2 }) }), {
      minLength: 1,
      maxLength: 3,
    }),
  }),
  // A code that is scanned at the desk, with the network or without.
  fc.record({ scanned: people, online: fc.boolean() }),
  fc.record({ moves: fc.nat({ max: 12 }), event: fc.constantFrom(...QUEUE_EVENTS) }),
);

it('who arrives by phone has one number, however often it is told, and no number is given twice', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      let queue: Queue<QueueRow> = [];
      for (const one of acts) {
        const before = queue;
        if ('arrived' in one) {
          const told = one.arrived.map(({ who, scan }) => arrivalOf(who, scan));
          queue = withArrivals(queue, told, newRow);
          expect(withArrivals(queue, [...told.slice(-1)], newRow)).toEqual(queue);
        } else if ('scanned' in one) {
          const payload = `code ${one.scanned}`;
          const person = one.online ? { payload, personId: `person ${one.scanned}` } : { payload };
          const there = rowOf(queue, person);
          queue = there ? withPerson(queue, there.id, person) : [...queue, newRow(queue, person)];
        } else {
          const result = moved(queue, `${one.moves}`, one.event);
          if (result.ok) queue = result.value;
        }
        // Everybody of before stands where they stood.
        expect(queue.slice(0, before.length).map(({ id, place }) => [id, place])).toEqual(
          before.map(({ id, place }) => [id, place]),
        );
        expect(new Set(queue.map(({ place }) => numberOf(place))).size).toBe(queue.length);
        const open = queue.flatMap(({ state, person }) =>
          state !== 'done' && person.orderId ? [person.orderId] : [],
        );
        expect(new Set(open).size).toBe(open.length);
        for (const { ahead } of placesOf(queue)) expect(ahead).toBeLessThan(queue.length);
      }
    }),
  );
});

it('tells the phone how many stand in line before it', () => {
  let queue: Queue<QueueRow> = ['a', 'b'].map((payload, i) => ({
    ...newRow([], { payload }),
    ...{ id: payload, place: i + 1 },
  }));
  queue = withArrivals(queue, [arrivalOf(1, 1)], newRow);
  const place = { arrivalId: '1-1', number: 'A003', state: 'waiting' };
  expect(placesOf(queue)).toEqual([{ ...place, ahead: 2 }]);
  const called = moved(queue, 'a', 'call');
  expect(called.ok && placesOf(called.value)).toEqual([{ ...place, ahead: 1 }]);
});
