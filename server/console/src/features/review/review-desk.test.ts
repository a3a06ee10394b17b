import { fail, ok } from '@gradshot/domain';
import { beforeEach, expect, test, vi } from 'vitest';
import { client } from '../../api/client.ts';
import { ReviewDesk } from './review-desk.ts';

vi.mock('../../api/client.ts', () => ({ client: { call: vi.fn() } }));
vi.mock('../../api/photo-store.ts', () => ({ holdPhoto: () => ({ release: () => undefined }) }));

const calls = vi.mocked(client.call) as unknown as ReturnType<typeof vi.fn>;
type Answer = (input: { readonly body?: { readonly ahead?: boolean } }) => unknown;

/** Answers by route; a route that is not named succeeds. */
function answer(routes: Readonly<Record<string, Answer>>): void {
  calls.mockImplementation(async (route: string, input: never) => routes[route]?.(input) ?? ok({}));
}

const item = (name: string) => ({
  leaseId: `lease-${name}`,
  photoId: `photo-${name}`,
  order: { orderId: name },
});
const claimed = (name?: string) => ok({ item: name ? item(name) : null, waiting: 0 });
const times = (route: string) => calls.mock.calls.filter(([name]) => name === route).length;

beforeEach(() => calls.mockReset());

test('a photo that is decided goes off the screen, also where no next one can be had', async () => {
  let claims = 0;
  answer({
    claimReview: ({ body }) =>
      body?.ahead ? claimed() : ++claims === 1 ? claimed('a') : fail('server.internal'),
  });
  const desk = new ReviewDesk();
  await desk.start();
  expect(desk.state().current?.photoId).toBe('photo-a');
  await desk.decide({ kind: 'approve' });
  expect(desk.state()).toMatchObject({
    mode: 'failed',
    current: null,
    deciding: false,
    done: 1,
    failure: { code: 'server.internal' },
  });
});

test('asked for twice at once, a photo is leased once', async () => {
  answer({ claimReview: ({ body }) => claimed(body?.ahead ? undefined : 'a') });
  const desk = new ReviewDesk();
  await Promise.all([desk.start(), desk.start()]);
  await desk.pause();
  // The photo and a look at the one after it.
  expect(times('claimReview')).toBe(2);
  expect(times('releaseReview')).toBe(1);
});

test('a photo that cannot be put back stays, and the failure is told', async () => {
  answer({
    claimReview: ({ body }) => claimed(body?.ahead ? undefined : 'a'),
    releaseReview: () => fail('network.unreachable'),
  });
  const desk = new ReviewDesk();
  await desk.start();
  expect(await desk.release()).toEqual({ code: 'network.unreachable' });
  expect(desk.state()).toMatchObject({ current: { photoId: 'photo-a' }, deciding: false });
});

test('a photo that somebody else decided makes room for the next', async () => {
  let claims = 0;
  answer({
    claimReview: ({ body }) => claimed(body?.ahead ? undefined : ++claims === 1 ? 'a' : 'b'),
    approveReview: () => fail('review.decided'),
  });
  const desk = new ReviewDesk();
  await desk.start();
  expect(await desk.decide({ kind: 'approve' })).toEqual({ code: 'review.decided' });
  expect(desk.state()).toMatchObject({ current: { photoId: 'photo-b' }, done: 0 });
});

const NOW = '2026-11-23T01:00:00.000Z';
const IN_A_MINUTE = '2026-11-23T01:01:00.000Z';
const held = () =>
  ok({ orderId: 'a', state: 'underReview', decidedAt: NOW, heldUntil: IN_A_MINUTE });

test('a decision that is held can be taken back, and its photo is in hand again', async () => {
  const hands = ['a', 'b', 'a'];
  answer({
    claimReview: ({ body }) => claimed(body?.ahead ? undefined : hands.shift()),
    approveReview: held,
  });
  const desk = new ReviewDesk();
  await desk.start();
  await desk.decide({ kind: 'approve' });
  const { last } = desk.state();
  expect(last).toMatchObject({ orderId: 'a', kind: 'approve' });
  const left = (last?.until ?? 0) - performance.now();
  expect(left).toBeGreaterThan(50_000);
  expect(left).toBeLessThanOrEqual(59_000);
  expect(desk.state()).toMatchObject({ current: { photoId: 'photo-b' }, done: 1 });
  expect(await desk.takeBack()).toBeUndefined();
  expect(desk.state()).toMatchObject({ current: { photoId: 'photo-a' }, done: 0, deciding: false });
  expect(desk.state().last).toBeUndefined();
  expect(await desk.takeBack()).toBeUndefined();
  expect(times('takeBackReview')).toBe(1);
});

test.each([
  ['review.inEffect', false],
  ['review.leaseLost', false],
  ['network.unreachable', true],
] as const)('what cannot be taken back (%s) changes nothing in hand', async (code, again) => {
  const hands = ['a', 'b'];
  answer({
    claimReview: ({ body }) => claimed(body?.ahead ? undefined : hands.shift()),
    approveReview: held,
    takeBackReview: () => fail(code),
  });
  const desk = new ReviewDesk();
  await desk.start();
  await desk.decide({ kind: 'approve' });
  expect(await desk.takeBack()).toEqual({ code });
  expect(desk.state()).toMatchObject({ current: { photoId: 'photo-b' }, done: 1, deciding: false });
  expect(desk.state().last !== undefined).toBe(again);
});

test('a decision that is carried out at once cannot be taken back', async () => {
  answer({
    claimReview: ({ body }) => claimed(body?.ahead ? undefined : 'a'),
    approveReview: () => ok({ orderId: 'a', state: 'collected', decidedAt: NOW }),
  });
  const desk = new ReviewDesk();
  await desk.start();
  await desk.decide({ kind: 'approve' });
  expect(desk.state().last).toBeUndefined();
});

test('Esc puts a photo behind all others; a pause only gives it back', async () => {
  const passed: unknown[] = [];
  answer({
    claimReview: ({ body }) => claimed(body?.ahead ? undefined : 'a'),
    releaseReview: ({ body }) => {
      passed.push((body as { pass?: boolean }).pass);
      return ok({ waiting: 0 });
    },
  });
  const desk = new ReviewDesk();
  await desk.start();
  await desk.release();
  await desk.pause();
  expect(passed).toEqual([true, undefined]);
});
