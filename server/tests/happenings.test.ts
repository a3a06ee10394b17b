import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createPostgresBus } from '../src/happenings/postgres-bus.ts';
import type { Happening, HappeningBus } from '../src/ports/ground/happenings.ts';
import { newPostgresDatabase } from './support/postgres.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
let buses: HappeningBus[] = [];
let url: string;
beforeAll(async () => {
  url = await newPostgresDatabase();
  buses = [await createPostgresBus(url, log), await createPostgresBus(url, log)];
});
afterAll(async () => {
  await Promise.all(buses.map((bus) => bus.close()));
});

function collect(bus: HappeningBus) {
  const heard: Happening[] = [];
  const stop = bus.subscribe((happening) => void heard.push(happening));
  const until = (count: number) =>
    vi.waitFor(() => expect(heard.length).toBeGreaterThanOrEqual(count), 50_000);
  return { heard, stop, until };
}

test('what one server announces, every server hears, once', async () => {
  const [one, two] = buses.map(collect);
  const happening = { topic: 'order', orderId: 'o', studentId: 's' } as const;
  buses[0]?.publish(happening);
  await Promise.all([one?.until(1), two?.until(1)]);
  expect(one?.heard).toEqual([happening]);
  expect(two?.heard).toEqual([happening]);
  two?.stop();
  buses[0]?.publish({ topic: 'review' });
  await one?.until(2);
  expect(two?.heard).toHaveLength(1);
});

test('a broken connection is made anew', async () => {
  const third = await createPostgresBus(url, log);
  buses.push(third);
  const ear = collect(third);
  const { default: pg } = await import('pg');
  const killer = new pg.Client({ connectionString: url });
  await killer.connect();
  await killer.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen %' and pid <> pg_backend_pid()",
  );
  await killer.end();
  await vi.waitFor(
    () => {
      buses[0]?.publish({ topic: 'chat', accountId: 'a' });
      expect(ear.heard.length).toBeGreaterThan(0);
    },
    { timeout: 50_000, interval: 100 },
  );
  expect(ear.heard[0]).toEqual({ topic: 'chat', accountId: 'a' });
});
