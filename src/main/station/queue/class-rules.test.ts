import { ORDER_STATES } from '@gradshot/domain';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countClass } from '../../../shared/index.ts';
import {
  absentMarked,
  broughtUpToDate,
  orderMoved,
  type People,
  queueMoved,
  shownState,
  type ToldPerson,
} from './class-rules.ts';
import { QUEUE_EVENTS } from './queue-rules.ts';

const SIZE = 4;
const told = (states: readonly (ToldPerson['order'] | undefined)[]): ToldPerson[] =>
  states.map((order, index) => ({
    ...{ entryId: `${index}`, personId: `p${index}`, maskedName: '张*', studentNumberEnd: '0001' },
    ...(order ? { order } : {}),
  }));

const state = fc.constantFrom(...ORDER_STATES);
const who = fc.integer({ min: 0, max: SIZE - 1 });
const act = fc.oneof(
  fc.record({ mark: who, absent: fc.boolean() }),
  fc.record({ queue: who, event: fc.constantFrom(...QUEUE_EVENTS) }),
  fc.record({ order: who, state }),
  fc.record({ refreshed: fc.array(fc.option(state), { minLength: SIZE, maxLength: SIZE }) }),
);

it('nobody is lost, and who is done is neither absent nor undone but by the server’s 退回', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      let people: People = broughtUpToDate([], told(Array.from({ length: SIZE })));
      for (const one of acts) {
        const before = people;
        if ('mark' in one) people = absentMarked(people, `${one.mark}`, one.absent);
        else if ('queue' in one)
          people = queueMoved(people, ({ entryId }) => entryId === `${one.queue}`, one.event);
        else if ('order' in one) people = orderMoved(people, `o${one.order}`, one.state);
        else
          people = broughtUpToDate(
            people,
            told(one.refreshed.map((is, i) => (is ? { orderId: `o${i}`, state: is } : undefined))),
          );
        expect(people.map(({ entryId }) => entryId)).toEqual(['0', '1', '2', '3']);
        const sentBack = (index: number) =>
          ('order' in one && one.order === index && one.state === 'rejected') ||
          ('refreshed' in one && one.refreshed[index] === 'rejected');
        for (const [index, { mark }] of before.entries())
          if (mark === 'done' && !sentBack(index)) expect(people[index]?.mark).toBe('done');
        const counts = countClass(
          people.map(({ mark }) => ({ state: shownState(mark, undefined) })),
        );
        expect(counts.done + counts.absent).toBeLessThanOrEqual(counts.people);
      }
    }),
  );
});

it('缺席 is taken back, by staff and by whoever comes after all', () => {
  const class2 = broughtUpToDate([], told([undefined, undefined]));
  const absent = absentMarked(class2, '1', true);
  expect(absent[1]?.mark).toBe('absent');
  expect(absentMarked(absent, '1', false)).toEqual(class2);
  expect(queueMoved(absent, ({ entryId }) => entryId === '1', 'call')).toEqual(class2);
  expect(queueMoved(class2, ({ entryId }) => entryId === '1', 'miss')).toEqual(absent);
});

it('the queue goes before 缺席, and 已完成 before both', () => {
  expect(shownState('absent', 'called')).toBe('called');
  expect(shownState('absent', 'waiting')).toBe('absent');
  expect(shownState('done', 'handedBack')).toBe('done');
  expect(shownState(undefined, 'handedBack')).toBe('here');
  expect(shownState(undefined, undefined)).toBe('open');
});
