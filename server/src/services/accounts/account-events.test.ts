import type { AccountEvent } from '@gradshot/contract';
import { expect, test } from 'vitest';
import type { AccountCaller } from '../../ports/access/caller.ts';
import type { Happening } from '../../ports/ground/happenings.ts';
import { listenForAccount } from './account-events.ts';

const caller: AccountCaller = {
  ...{ kind: 'account', sessionId: 's', accountId: 'mine', studentIds: ['me', 'my-other-degree'] },
};

function listen() {
  const listeners = new Set<(happening: Happening) => void>();
  const heard: AccountEvent[] = [];
  const happenings = {
    subscribe(listener: (happening: Happening) => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const end = listenForAccount({ happenings }, caller, (event) => heard.push(event));
  const happen = (happening: Happening) => {
    for (const listener of listeners) listener(happening);
    return heard.splice(0);
  };
  return { happen, end };
}

test('an account hears of itself and of every student who is linked to it', () => {
  const { happen } = listen();
  expect(happen({ topic: 'chat', accountId: 'mine' })).toEqual([{ topic: 'chat' }]);
  expect(happen({ topic: 'order', studentId: 'me', orderId: 'o' })).toEqual([
    { topic: 'order', orderId: 'o' },
  ]);
  expect(happen({ topic: 'standardization', studentId: 'my-other-degree' })).toHaveLength(1);
});

test('an account hears of nobody else, nor what concerns no one', () => {
  const { happen } = listen();
  expect(happen({ topic: 'chat', accountId: 'yours' })).toEqual([]);
  expect(happen({ topic: 'order', studentId: 'you', orderId: 'o' })).toEqual([]);
  expect(happen({ topic: 'order', orderId: 'o' })).toEqual([]);
});

test('what is meant for one of the accounts of a student is not told to another', () => {
  const { happen } = listen();
  expect(happen({ topic: 'notice', accountId: 'yours', studentId: 'me' })).toEqual([]);
});

test('an account hears topic and order, and neither students, accounts nor notices', () => {
  const { happen } = listen();
  const full = { accountId: 'mine', studentId: 'me', orderId: 'o', noticeId: 'n' };
  expect(happen({ topic: 'notice', ...full })).toEqual([{ topic: 'notice', orderId: 'o' }]);
});

test('who reviews is the desk’s affair', () => {
  const { happen } = listen();
  expect(happen({ topic: 'review', studentId: 'me', orderId: 'o' })).toEqual([]);
});

test('a stream that has ended hears nothing', () => {
  const { happen, end } = listen();
  end();
  expect(happen({ topic: 'chat', accountId: 'mine' })).toEqual([]);
});
