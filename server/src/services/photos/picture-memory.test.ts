import { fail, ok } from '@gradshot/domain';
import { expect, test } from 'vitest';
import { createPictureMemory } from './picture-memory.ts';

const MB = 1024 ** 2;

/** Work that goes on until it is let go. */
function held() {
  const state = { running: false, let: () => {} };
  const ended = new Promise<void>((done) => {
    state.let = done;
  });
  const work = async () => {
    state.running = true;
    await ended;
    return ok('done');
  };
  return { state, work };
}

const turn = () => new Promise((done) => setImmediate(done));

test('files beyond the room wait until others are done', async () => {
  const memory = createPictureMemory({ bytes: 40 * MB, waitMs: 60_000 });
  const [one, two, three] = [held(), held(), held()];
  const results = [one, two, three].map(({ work }) => memory.hold(10 * MB, work));
  await turn();
  expect([one, two, three].map(({ state }) => state.running)).toEqual([true, true, false]);
  one.state.let();
  await results[0];
  await turn();
  expect(three.state.running).toBe(true);
  two.state.let();
  three.state.let();
  expect(await Promise.all(results)).toEqual([ok('done'), ok('done'), ok('done')]);
});

test('one that waits too long is told to come again, and takes no room afterwards', async () => {
  const memory = createPictureMemory({ bytes: 20 * MB, waitMs: 5 });
  const first = held();
  const running = memory.hold(10 * MB, first.work);
  await turn();
  const late = held();
  expect(await memory.hold(10 * MB, late.work)).toEqual(fail('server.busy'));
  first.state.let();
  await running;
  await turn();
  expect(late.state.running).toBe(false);
  expect(await memory.hold(10 * MB, async () => ok('next'))).toEqual(ok('next'));
});

test('a file larger than the whole room has it to itself; a fault gives it back', async () => {
  const memory = createPictureMemory({ bytes: 10 * MB, waitMs: 60_000 });
  const fault = memory.hold(100 * MB, () => Promise.reject(new Error('fault')));
  await expect(fault).rejects.toThrow('fault');
  expect(await memory.hold(100 * MB, async () => ok('room'))).toEqual(ok('room'));
});

test('of very many at once the last are answered at once', async () => {
  const memory = createPictureMemory({ bytes: 10 * MB, waitMs: 60_000 });
  const first = held();
  const running = memory.hold(10 * MB, first.work);
  await turn();
  const others = Array.from({ length: 300 }, () => memory.hold(MB, async () => ok('late')));
  const told = await Promise.race([others.at(-1), turn().then(turn)]);
  expect(told).toEqual(fail('server.busy'));
  first.state.let();
  await running;
  const answers = await Promise.all(others);
  expect(answers.filter(({ ok }) => ok)).toHaveLength(200);
});
