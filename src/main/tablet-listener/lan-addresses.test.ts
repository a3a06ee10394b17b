import type { NetworkInterfaceInfo } from 'node:os';
import { expect, it } from 'vitest';
import { isNear, lanAddresses } from './lan-addresses.ts';

const ipv4 = (cidr: string, internal = false): NetworkInterfaceInfo => ({
  ...{ address: cidr.split('/')[0] ?? '', cidr, netmask: '', mac: '' },
  ...{ family: 'IPv4', internal },
});
const ipv6: NetworkInterfaceInfo = {
  ...{ address: 'fe80::1', cidr: 'fe80::1/64', netmask: '', mac: '', scopeid: 2 },
  ...{ family: 'IPv6', internal: false },
};

it('tells the addresses that a tablet can reach, private ones first', () => {
  const found = lanAddresses({
    lo: [ipv4('127.0.0.1/8', true)],
    eth0: [ipv4('202.120.1.20/24'), ipv6],
    usb0: [ipv4('169.254.3.4/16')],
    wlan0: [ipv4('192.168.1.20/24')],
    gone: undefined,
  });
  expect(found.map(({ network, address }) => `${network} ${address}`)).toEqual([
    'wlan0 192.168.1.20',
    'eth0 202.120.1.20',
  ]);
  expect(lanAddresses({ lo: [ipv4('127.0.0.1/8', true)], eth0: [ipv6] })).toEqual([]);
});

const campus = lanAddresses({ eth0: [ipv4('202.120.1.20/24')] });

it.each([
  ['a private address', '192.168.7.7', true],
  ['a private address behind IPv6', '::ffff:10.1.2.3', true],
  ['the end of 172.16/12', '172.31.255.255', true],
  ['beyond it', '172.32.0.1', false],
  ['this machine', '127.0.0.1', true],
  ['the same campus subnet', '202.120.1.77', true],
  ['another campus subnet', '202.120.2.77', false],
  ['the Internet', '8.8.8.8', false],
  ['IPv6', 'fe80::1', false],
  ['a socket that is gone', undefined, false],
  ['no address', '192.168.1.1.evil', false],
])('%s', (_what, source, near) => {
  expect(isNear(source, campus)).toBe(near);
});

it('a tunnel that calls everything its own makes nobody a neighbour', () => {
  expect(isNear('8.8.8.8', lanAddresses({ tun0: [ipv4('8.0.0.1/1')] }))).toBe(false);
});
