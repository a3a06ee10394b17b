import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { runInTurn } from './run-in-turn.ts';

it('never lets two runs overlap, and keeps their order', async () => {
  const inTurn = runInTurn();
  const log: string[] = [];
  const work = (name: string, ms: number) => async () => {
    log.push(`${name} begins`);
    await delay(ms);
    log.push(`${name} ends`);
    return name;
  };
  const results = await Promise.all([inTurn(work('a', 10)), inTurn(work('b', 1))]);
  expect(results).toEqual(['a', 'b']);
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
});

it('goes on after a failure', async () => {
  const inTurn = runInTurn();
  const failing = inTurn(() => Promise.reject(new Error('lost')));
  const next = inTurn(async () => 'fine');
  await expect(failing).rejects.toThrow('lost');
  expect(await next).toBe('fine');
});
