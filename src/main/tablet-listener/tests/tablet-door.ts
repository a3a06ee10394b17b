import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail, ok } from '@gradshot/domain';
import { generate } from 'selfsigned';
import type { TabletListener } from '../../../shared/index.ts';
import type { TabletDoor, TabletSide } from '../../station/api.ts';
import { type StandInStation, standInStation } from '../../station-stand-in.ts';

export const CODE = '12345678';
export const TOKEN = 'the-token-of-the-only-tablet';

/** A core with one tablet, for the listener's tests. */
export type DoorRig = {
  readonly door: TabletDoor;
  readonly station: StandInStation;
  readonly files: { readonly rendererDir: string; readonly bridgeFile: string };
  readonly reports: TabletListener[];
  want(port: number | undefined): void;
  unpair(): void;
  connected(): number;
  close(): void;
};

/** One for all tests: it takes a while to make, and says nothing. */
const certificate = generate([{ name: 'commonName', value: 'test' }], {
  ...{ keyType: 'ec' as const, algorithm: 'sha256' },
}).then(({ cert, private: key }) => ({ cert, key, fingerprint: 'AB12 CD34' }));

export function openDoorRig(): DoorRig {
  const folder = mkdtempSync(join(tmpdir(), 'gradshot-tablet-'));
  const rendererDir = join(folder, 'renderer');
  mkdirSync(rendererDir);
  writeFileSync(join(rendererDir, 'index.html'), '<head><meta nonce="__CSP_NONCE__"></head>');
  writeFileSync(join(folder, 'bridge.js'), 'bridge');
  writeFileSync(join(folder, 'station.key'), 'secret');
  const station = standInStation();
  const drops = new Set<() => void>();
  const heard = new Set<() => void>();
  const reports: TabletListener[] = [];
  let wanted: { port: number } | undefined;
  let paired = true;
  const side: TabletSide = {
    ...station,
    id: 'a',
    arrived(drop) {
      drops.add(drop);
      return () => drops.delete(drop);
    },
  };
  const door: TabletDoor = {
    wanted: () => wanted,
    subscribe(listener) {
      heard.add(listener);
      return () => heard.delete(listener);
    },
    report: (listener) => void reports.push(listener),
    certificate: () => certificate,
    pair: async (said) => (said === CODE ? ok(TOKEN) : fail('tablet.codeWrong', { left: 4 })),
    recognise: (token) => (paired && token === TOKEN ? side : undefined),
  };
  return {
    ...{ door, station, reports },
    files: { rendererDir, bridgeFile: join(folder, 'bridge.js') },
    want(port) {
      wanted = port === undefined ? undefined : { port };
      for (const listener of heard) listener();
    },
    unpair() {
      paired = false;
      for (const drop of drops) drop();
    },
    connected: () => drops.size,
    close: () => rmSync(folder, { recursive: true }),
  };
}
