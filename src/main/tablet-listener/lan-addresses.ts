import { BlockList } from 'node:net';
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';

/** One address of this machine on a network that tablets may share. */
export type LanAddress = {
  readonly address: string;
  /** With its network, as 192.168.1.20/24. */
  readonly cidr: string;
  /** The system's name of the interface. */
  readonly network: string;
};

type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

/** RFC 1918: what schools give to the machines behind their routers. */
const PRIVATE = new BlockList();
PRIVATE.addSubnet('10.0.0.0', 8);
PRIVATE.addSubnet('172.16.0.0', 12);
PRIVATE.addSubnet('192.168.0.0', 16);
/** What a machine gives itself where nobody gave it any: no tablet is there. */
const SELF_GIVEN = new BlockList();
SELF_GIVEN.addSubnet('169.254.0.0', 16);
const OWN = new BlockList();
OWN.addSubnet('127.0.0.0', 8);
/** A wider network is no neighbourhood: some tunnels call all of the Internet theirs. */
const WIDEST_PREFIX = 16;

/** IPv4 addresses that tablets can be told, private ones first. */
export function lanAddresses(interfaces: Interfaces = networkInterfaces()): readonly LanAddress[] {
  const found = Object.entries(interfaces).flatMap(([network, infos]) =>
    (infos ?? [])
      .filter(({ family, internal, address }) => {
        return family === 'IPv4' && !internal && !SELF_GIVEN.check(address);
      })
      .map(({ address, cidr }) => ({ address, cidr: cidr ?? `${address}/32`, network })),
  );
  const far = ({ address }: LanAddress) => (PRIVATE.check(address) ? 0 : 1);
  return found.sort((a, b) => far(a) - far(b));
}

/**
 * Whether the other end is on a network of the station's: a private address, or one of the same subnet, for
 * many campuses give public addresses to their desks. Nobody else is answered, not even by TLS.
 */
export function isNear(source: string | undefined, addresses: readonly LanAddress[]): boolean {
  const plain = source?.replace(/^::ffff:/, '') ?? '';
  if (!/^\d+\.\d+\.\d+\.\d+$/.test(plain)) return false;
  if (OWN.check(plain) || PRIVATE.check(plain)) return true;
  return addresses.some(({ cidr }) => isWithin(plain, cidr));
}

function isWithin(address: string, cidr: string): boolean {
  const [network = '', bits = '32'] = cidr.split('/');
  const prefix = Number(bits);
  if (prefix < WIDEST_PREFIX) return false;
  const subnet = new BlockList();
  subnet.addSubnet(network, prefix);
  return subnet.check(address);
}
