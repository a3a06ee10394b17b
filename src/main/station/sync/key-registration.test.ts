import type { StationSettings } from '@gradshot/contract';
import { type Failure, ok } from '@gradshot/domain';
import { expect, it } from 'vitest';
import type { StationClient } from './connection.ts';
import { entrustKey } from './key-registration.ts';

async function entrusted(keyEscrow: StationSettings['keyEscrow'], failure?: Failure) {
  const calls: unknown[] = [];
  const heard: unknown[] = [];
  const client = {
    async call(...all: unknown[]) {
      calls.push(all);
      return failure ? { ok: false, error: failure } : ok({ keyRegistered: true });
    },
  } as unknown as StationClient;
  const told = await entrustKey(
    {
      store: {
        sealedKey: (publicKey) => Buffer.from(`sealed for ${Buffer.from(publicKey)}`),
        events: { note: (kind: string) => heard.push(kind) } as never,
      },
      link: { asStation: (call) => call(client) },
      log: (level, message, facts) => heard.push([level, message, facts]),
    },
    { stationName: 'one', ...(keyEscrow ? { keyEscrow } : {}) } as unknown as StationSettings,
  );
  return { told, calls, heard };
}

const publicKey = Buffer.from('office').toString('base64');

it('is given once, sealed for whom the server names', async () => {
  const sealedKey = Buffer.from('sealed for office').toString('base64');
  expect(await entrusted({ publicKey, keyRegistered: false })).toEqual({
    told: { stationName: 'one', keyEscrow: { publicKey, keyRegistered: true } },
    calls: [['registerStationKey', { body: { sealedKey } }]],
    heard: ['station.keyEntrusted'],
  });
});

it('is not given where the server has it, or takes none', async () => {
  for (const escrow of [undefined, { publicKey, keyRegistered: true }])
    expect(await entrusted(escrow)).toEqual({ told: undefined, calls: [], heard: [] });
});

it('counts as not given when the server did not take it', async () => {
  const { told, heard } = await entrusted(
    { publicKey, keyRegistered: false },
    { code: 'server.internal' },
  );
  expect(told).toBeUndefined();
  expect(heard).toEqual([
    ['warn', 'The key could not be entrusted', { failure: 'server.internal' }],
  ]);
});
