import { ok } from '@gradshot/domain';
import { expect, it } from 'vitest';
import { createMemoryPorts } from '../session/tests/memory-ports.ts';
import { createPaidHere } from './paid-here.ts';

const ports = () =>
  createMemoryPorts(
    () => 'pendingPayment',
    () => 0,
  );

it('notes a code that was paid, and not one that still waits', async () => {
  const paidHere = createPaidHere();
  const world = ports();
  const desk = paidHere.watch(world.desk);
  const opened = desk.createPayment('token', 'order<A>', 'key');
  await world.answerAll();
  await opened;
  const look = async () => {
    const seen = desk.getPayment('token', 'payment<A>');
    await world.answerAll();
    expect((await seen).ok).toBe(true);
    return paidHere.of('order<A>');
  };
  expect(await look()).toBeUndefined();
  world.paid = true;
  expect(await look()).toEqual({ method: 'wechat' });
  paidHere.forget();
  expect(paidHere.of('order<A>')).toBeUndefined();
});

it('notes what staff took, once the server has it', async () => {
  const paidHere = createPaidHere();
  const taken = { method: 'cash', receiptNo: 'R-1' } as const;
  const world = ports();
  world.broken = true;
  const refused = paidHere.watch(world.desk).recordPayment('order<A>', taken, 'key');
  await world.answerAll();
  await refused;
  expect(paidHere.of('order<A>')).toBeUndefined();
  const desk = paidHere.watch({ ...world.desk, recordPayment: async () => ok(null) });
  await desk.recordPayment('order<A>', taken, 'key');
  expect(paidHere.of('order<A>')).toEqual(taken);
});
