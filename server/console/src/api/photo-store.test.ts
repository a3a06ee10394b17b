import { fail, ok } from '@gradshot/domain';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { client } from './client.ts';
import { holdPhoto, type PhotoKey } from './photo-store.ts';

vi.mock('./client.ts', () => ({ client: { call: vi.fn() } }));

const KEY: PhotoKey = { orderId: 'o', photoId: 'p', kind: 'original' };
const call = vi.mocked(client.call) as unknown as ReturnType<typeof vi.fn>;
const revoked: string[] = [];

beforeEach(() => {
  let made = 0;
  vi.stubGlobal('URL', {
    createObjectURL: () => `blob:${++made}`,
    revokeObjectURL: (url: string) => revoked.push(url),
  });
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  call.mockReset();
  revoked.length = 0;
});

test('a photo is fetched once for all who hold it, and let go after the last', async () => {
  call.mockResolvedValue(ok(new Uint8Array([1])));
  const [one, two] = [holdPhoto(KEY), holdPhoto(KEY)];
  expect(await two.url).toEqual(ok('blob:1'));
  expect(call).toHaveBeenCalledTimes(1);
  one.release();
  one.release();
  await vi.runAllTimersAsync();
  expect(revoked).toEqual([]);
  two.release();
  await vi.runAllTimersAsync();
  expect(revoked).toEqual(['blob:1']);
});

test('a failed load is not handed to the next try, which begins before the old one is let go', async () => {
  call.mockResolvedValueOnce(fail('network.unreachable'));
  const first = holdPhoto(KEY);
  expect(await first.url).toEqual(fail('network.unreachable'));
  call.mockResolvedValueOnce(ok(new Uint8Array([1])));
  first.release();
  const second = holdPhoto(KEY);
  expect(await second.url).toEqual(ok('blob:1'));
  second.release();
  await vi.runAllTimersAsync();
  expect(revoked).toEqual(['blob:1']);
});
