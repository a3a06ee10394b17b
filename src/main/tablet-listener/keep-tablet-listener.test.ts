import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type KeptListener, keepTabletListener } from './keep-tablet-listener.ts';
import type { LanAddress } from './lan-addresses.ts';
import { type DoorRig, openDoorRig } from './tests/tablet-door.ts';

const at = (address: string): LanAddress => ({ address, cidr: `${address}/24`, network: 'wlan0' });

let rig: DoorRig;
let listener: KeptListener;
let addresses: readonly LanAddress[];
beforeEach(() => {
  rig = openDoorRig();
  addresses = [at('192.168.1.20')];
  listener = keepTabletListener({
    ...{ door: rig.door, ...rig.files, log: () => {}, addresses: () => addresses },
  });
});
afterEach(async () => {
  await listener.close();
  rig.close();
});

const last = async () => {
  await listener.look();
  return rig.reports.at(-1);
};

test('is off until staff want it, and off again when they do not', async () => {
  expect(await last()).toEqual({ kind: 'off' });
  rig.want(0);
  expect(await last()).toMatchObject({
    ...{ kind: 'open', fingerprint: 'AB12 CD34' },
    addresses: [{ address: '192.168.1.20', network: 'wlan0' }],
  });
  const { port } = rig.reports.at(-1) as { port: number };
  rig.want(undefined);
  expect(await last()).toEqual({ kind: 'off' });
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
});

test('follows the machine’s addresses, and says when there is none', async () => {
  rig.want(0);
  await last();
  addresses = [at('10.0.0.7')];
  expect(await last()).toMatchObject({ kind: 'open', addresses: [{ address: '10.0.0.7' }] });
  addresses = [];
  expect(await last()).toEqual({ kind: 'noNetwork' });
  addresses = [at('10.0.0.8')];
  expect(await last()).toMatchObject({ kind: 'open', addresses: [{ address: '10.0.0.8' }] });
});

test('names the port that another program has, and takes it when that is gone or another is chosen', async () => {
  const other = createServer().listen(0, '0.0.0.0');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  rig.want(port);
  expect(await last()).toEqual({ kind: 'portTaken', port });
  rig.want(0);
  expect(await last()).toMatchObject({ kind: 'open' });
  rig.want(port);
  expect(await last()).toEqual({ kind: 'portTaken', port });
  other.close();
  await once(other, 'close');
  expect(await last()).toMatchObject({ kind: 'open', port });
});
