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
