import { ok } from '@gradshot/domain';
import { expect, it } from 'vitest';
import type { DeliverySource } from '../store/delivery-source.ts';
import type { StationClient } from './connection.ts';
import { SEND } from './delivery-jobs.ts';

const MEGABYTE = 1024 * 1024;

/** The limit in milliseconds under which a photo of that many bytes is sent. */
async function limitFor(bytes: number): Promise<number> {
  let limit = 0;
  const client = {
    async deliverPhoto(_photo: unknown, options: { timeoutMs: number }) {
      limit = options.timeoutMs;
      return ok({});
    },
  } as unknown as StationClient;
  const photo = { meta: {}, original: new Uint8Array(bytes), standard: new Uint8Array(0) };
  const source = { photo: async () => ok(photo) } as unknown as DeliverySource;
  const delivery = { id: 1, kind: 'deliver', orderId: 'o', photoId: 'p', attempts: 0 } as const;
  await SEND.deliver(delivery, client, source, new AbortController().signal);
  return limit;
}

it('gives a large photo the time that it takes on a slow network, or it never arrives', async () => {
  expect(await limitFor(0)).toBe(60_000);
  // A megabit a second.
  expect(await limitFor(20 * MEGABYTE)).toBeGreaterThan(20 * 8 * 1.05 * 1000);
  // Longer than the server listens would only hold up the next try.
  expect(await limitFor(60 * MEGABYTE)).toBe(300_000);
});
