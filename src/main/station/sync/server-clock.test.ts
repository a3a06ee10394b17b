import { expect, it } from 'vitest';
import { createRigClock } from '../ground/tests/rig-clock.ts';
import { createServerClock } from './server-clock.ts';

it("knows the server's time from half of the way there and back, whatever is set here", async () => {
  const clock = createRigClock();
  const server = createServerClock(clock);
  expect(server.skewMs()).toBeUndefined();
  await clock.advance(10_000);
  const sent = clock.monotonic();
  const serverNow = clock.now() + 60_000 + 1000;
  await clock.advance(2000);
  server.heard(serverNow, sent);
  expect(server.skewMs()).toBe(60_000);
  await clock.advance(5000);
  expect(server.skewMs()).toBe(60_000);
  clock.shift(3_600_000);
  expect(server.skewMs()).toBe(60_000 - 3_600_000);
});
