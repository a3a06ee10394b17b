import { fail, ok, type Result } from '@gradshot/domain';
import { expect, it } from 'vitest';
import { createConnection, type StationClient } from './connection.ts';

function watched() {
  const heard: boolean[] = [];
  let answer: Result<unknown> = ok({});
  const connection = createConnection((online) => heard.push(online));
  const say = async () => answer as never;
  const client = connection.watch({
    call: say,
    deliverPhoto: say,
    handInSealedPhoto: say,
  } as unknown as StationClient);
  const after = async (result: Result<unknown>, by: keyof StationClient = 'call') => {
    answer = result;
    return await (client[by] as () => Promise<unknown>)();
  };
  return { connection, heard, after };
}

it('is reached by any answer at all, and lost by none', async () => {
  const { connection, heard, after } = watched();
  expect(connection.online()).toBe(false);
  await after(fail('network.unreachable'));
  expect(heard).toEqual([]);
  // A refusal is an answer.
  await after(fail('order.notFound'));
  expect(connection.online()).toBe(true);
  await after(ok({}));
  await after(fail('network.timeout'));
  expect(connection.online()).toBe(false);
  await after(ok({}));
  expect(heard).toEqual([true, false, true]);
});

it.each(['call', 'deliverPhoto', 'handInSealedPhoto'] as const)(
  'is told by %s, whose answer passes through',
  async (by) => {
    const { connection, after } = watched();
    const answer = ok({ by });
    expect(await after(answer, by)).toBe(answer);
    expect(connection.online()).toBe(true);
  },
);
