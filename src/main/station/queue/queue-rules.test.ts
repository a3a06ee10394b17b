import { QUEUE_STATES } from '@gradshot/domain';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  atStart,
  moved,
  nextInLine,
  nextPlace,
  numberOf,
  QUEUE_EVENTS,
  type Queue,
  stateAfter,
} from './queue-rules.ts';

const act = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ do: 'checkIn' } as const) },
  { weight: 1, arbitrary: fc.constant({ do: 'restart' } as const) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('event' as const),
      who: fc.integer({ min: 1, max: 4 }),
      event: fc.constantFrom(...QUEUE_EVENTS),
    }),
  },
);

it('loses nobody, doubles nobody, and has one at most called and one in a visit', () => {
  fc.assert(
    fc.property(fc.array(act, { minLength: 10, maxLength: 60, size: 'max' }), (acts) => {
      let queue: Queue = [];
      let checkedIn = 0;
      for (const one of acts) {
        const before = queue;
        if (one.do === 'checkIn') {
          checkedIn += 1;
          queue = [...queue, { id: `${checkedIn}`, place: nextPlace(queue), state: 'waiting' }];
        } else if (one.do === 'restart') {
          queue = atStart(queue);
          expect(queue.some(({ state }) => state === 'inVisit')).toBe(false);
        } else {
          const result = moved(queue, `${one.who}`, one.event);
          if (result.ok) queue = result.value;
          else expect(queue).toBe(before);
        }
        expect(queue.map(({ id }) => id)).toEqual(
          Array.from({ length: checkedIn }, (_, index) => `${index + 1}`),
        );
        expect(new Set(queue.map(({ place }) => numberOf(place))).size).toBe(checkedIn);
        for (const narrow of ['called', 'inVisit'])
          expect(queue.filter(({ state }) => state === narrow).length).toBeLessThanOrEqual(1);
        // What is done stays done.
        for (const [index, { state }] of before.entries())
          if (state === 'done') expect(queue[index]?.state).toBe('done');
      }
    }),
  );
});

it('allows what the desk needs, and no more', () => {
  const allowed = QUEUE_STATES.flatMap((state) =>
    QUEUE_EVENTS.flatMap((event) => {
      const next = stateAfter(state, event);
      return next ? [`${state} ${event} ${next}`] : [];
    }),
  );
  expect(allowed).toEqual([
    'waiting call called',
    'waiting begin inVisit',
    'called begin inVisit',
    'called miss absent',
    'inVisit handIn done',
    'inVisit leave handedBack',
    'handedBack call called',
    'handedBack begin inVisit',
    'absent call called',
    'absent begin inVisit',
  ]);
});

it('hands back to the place in line, before those who came later', () => {
  const queue: Queue = [
    { id: 'done', place: 1, state: 'done' },
    { id: 'absent', place: 2, state: 'absent' },
    { id: 'back', place: 3, state: 'inVisit' },
    { id: 'later', place: 4, state: 'waiting' },
  ];
  expect(nextInLine(queue)?.id).toBe('later');
  const back = moved(queue, 'back', 'leave');
  expect(back.ok && nextInLine(back.value)?.id).toBe('back');
});

it('numbers in a way that can be called out', () => {
  expect([1, 12, 999, 1000, 999 * 8 + 1].map(numberOf)).toEqual([
    'A001',
    'A012',
    'A999',
    'B001',
    'J001',
  ]);
});

it('knows nobody by another id', () => {
  expect(moved([], 'x', 'call')).toMatchObject({ error: { code: 'request.notFound' } });
});
