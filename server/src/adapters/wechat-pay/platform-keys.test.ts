import { createManualClock, createPlatformIdentity } from '@gradshot/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { createPlatformKeys, type PlatformCertificate } from './platform-keys.ts';

const clock = createManualClock();
let first: PlatformCertificate;
let second: PlatformCertificate;

beforeAll(async () => {
  const make = async () => {
    const { serial, certificatePem } = await createPlatformIdentity('platform', clock.now());
    return { serial, pem: certificatePem };
  };
  [first, second] = await Promise.all([make(), make()]);
});

/** A store over a list that the test changes, and a count of downloads. */
function world(start: readonly PlatformCertificate[] | undefined) {
  const state = { list: start, downloads: 0 };
  const keys = createPlatformKeys({
    publicKeys: {},
    now: clock.now,
    fetchCertificates: async () => {
      state.downloads += 1;
      return state.list;
    },
  });
  return { state, keys };
}

describe('platform certificates', () => {
  it('downloads once for many messages at the same time', async () => {
    const { state, keys } = world([first]);
    const lookups = await Promise.all(Array.from({ length: 20 }, () => keys.keyFor(first.serial)));
    expect(lookups.every(({ found }) => found)).toBe(true);
    expect(state.downloads).toBe(1);
  });

  it('finds a new certificate after a change, and asks at most once a minute', async () => {
    const { state, keys } = world([first]);
    await keys.keyFor(first.serial);
    for (let message = 0; message < 50; message += 1) {
      expect(await keys.keyFor('FORGED')).toEqual({ found: false, why: 'unknown' });
    }
    expect(state.downloads).toBe(1);
    state.list = [second];
    clock.advance({ minutes: 1 });
    expect((await keys.keyFor(second.serial)).found).toBe(true);
    expect((await keys.keyFor(first.serial)).found).toBe(false);
  });

  it('refreshes before twelve hours have passed', async () => {
    const { state, keys } = world([first]);
    await keys.keyFor(first.serial);
    clock.advance({ minutes: 11 * 60 });
    await keys.keyFor(first.serial);
    expect(state.downloads).toBe(2);
  });

  it('keeps working with what it has while the download fails', async () => {
    const { state, keys } = world([first]);
    await keys.keyFor(first.serial);
    state.list = undefined;
    clock.advance({ minutes: 11 * 60 });
    expect((await keys.keyFor(first.serial)).found).toBe(true);
    expect(await keys.keyFor(second.serial)).toEqual({ found: false, why: 'unavailable' });
  });

  it('recovers from a failed first download', async () => {
    const { state, keys } = world(undefined);
    expect(await keys.keyFor(first.serial)).toEqual({ found: false, why: 'unavailable' });
    state.list = [first];
    clock.advance({ seconds: 5 });
    expect((await keys.keyFor(first.serial)).found).toBe(true);
  });

  it('does not believe an expired certificate', async () => {
    const { keys } = world([first]);
    clock.advance({ days: 10 * 365 });
    expect((await keys.keyFor(first.serial)).found).toBe(false);
  });
});
