import { randomUUID } from 'node:crypto';
import type { StationSettings } from '@gradshot/contract';
import { openText, sealText } from '@gradshot/storage';
import type {
  Pace,
  PortraitSource,
  PrinterChoices,
  RecoveryTrouble,
  StationSnapshot,
  UsbDeviceView,
} from '../../../shared/index.ts';
import type { Database } from './database.ts';
import type { KeptClass } from './kept-class.ts';
import type { OfflineRosterHead } from './offline-roster-table.ts';

/** Where and as whom the station is enrolled. */
export type Enrolment = {
  readonly serverUrl: string;
  readonly stationId: string;
  readonly deviceKey: string;
  readonly name: string;
  readonly school: string;
};

/** scrypt's parameters are kept with the hash, so that they can be raised later. */
export type PinHash = {
  readonly salt: string;
  readonly hash: string;
  readonly cost: number;
  readonly blockSize: number;
  readonly parallelization: number;
};

export type UnlockTries = { readonly failed: number; readonly lockedUntil: number };

export type TabletAccess = { readonly on: boolean; readonly port: number };

/** A tablet that may be a desk; whoever holds the token is it. */
export type PairedTablet = {
  readonly id: string;
  readonly name: string;
  /** SHA-256 of its token, hex. */
  readonly tokenHash: string;
  /** By the station's clock, milliseconds, as is the next. */
  readonly pairedAt: number;
  readonly lastSeenAt: number;
};

/** For each task that one was chosen for. */
export type CameraChoices = NonNullable<StationSnapshot['cameras']>;

type Values = {
  installationId: string;
  enrolment: Enrolment;
  pin: PinHash;
  unlockTries: UnlockTries;
  /** As the server last told. */
  serverSettings: StationSettings;
  cameras: CameraChoices;
  portraitSource: PortraitSource;
  printers: PrinterChoices;
  /** What staff expect to be plugged in. */
  usbDevices: readonly UsbDeviceView[];
  pace: Pace;
  /** 0–1. */
  voiceVolume: number;
  /** 学生屏 on a second display. */
  secondScreen: boolean;
  /** 平板: whether they reach the station, and where. */
  tabletAccess: TabletAccess;
  pairedTablets: readonly PairedTablet[];
  recovery: Recovery;
  phoneArrivals: boolean;
  classList: KeptClass;
  offlineRoster: OfflineRosterHead;
};

/** What was found wrong at a start and put right, until staff have seen it. */
export type Recovery = {
  /** By the station's clock, ISO 8601. */
  readonly at: string;
  readonly trouble: RecoveryTrouble;
  /** Name of the copy that took the place of the database. */
  readonly restoredFrom?: string;
  /** Photos put back from their pictures alone. */
  readonly rebuilt: number;
  /** Photos that were further than the database knew. */
  readonly corrected: number;
};

/** Sealed values by key; each is bound to its key. */
export type Settings = {
  get<K extends keyof Values>(key: K): Values[K] | undefined;
  set<K extends keyof Values>(key: K, value: Values[K]): void;
  /** Also of names that no program knows any more. */
  remove(key: string): void;
  /** Chosen at the first start, kept for good. */
  installationId(): string;
};

export function createSettings(database: Database, key: Uint8Array): Settings {
  const select = database
    .prepare<[string], Buffer>('SELECT sealed FROM settings WHERE key = ?')
    .pluck();
  const upsert = database.prepare(
    'INSERT INTO settings (key, sealed) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET sealed = excluded.sealed',
  );
  const drop = database.prepare('DELETE FROM settings WHERE key = ?');
  return {
    get(name) {
      const sealed = select.get(name);
      return sealed && JSON.parse(openText(key, sealed, context(name)));
    },
    set(name, value) {
      upsert.run(name, sealText(key, JSON.stringify(value), context(name)));
    },
    remove(name) {
      drop.run(name);
    },
    installationId() {
      const known = this.get('installationId');
      if (known !== undefined) return known;
      const made = randomUUID();
      this.set('installationId', made);
      return made;
    },
  };
}

const context = (name: string) => `settings.${name}`;

export type SettingsLook = {
  /** Values that this key opens. */
  readonly opened: number;
  /** Names of those that it does not. */
  readonly closed: readonly string[];
};

/** Tries every value that there is. */
export function lookAtSettings(database: Database, key: Uint8Array): SettingsLook {
  const rows = database
    .prepare<[], { key: string; sealed: Buffer }>('SELECT key, sealed FROM settings')
    .all();
  const closed = rows.filter(({ key: name, sealed }) => !opens(key, sealed, name));
  return { opened: rows.length - closed.length, closed: closed.map((row) => row.key) };
}

function opens(key: Uint8Array, sealed: Buffer, name: string): boolean {
  try {
    JSON.parse(openText(key, sealed, context(name)));
    return true;
  } catch {
    return false;
  }
}
