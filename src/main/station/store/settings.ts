import { randomUUID } from 'node:crypto';
import type { StationSettings } from '@gradshot/contract';
import { openText, sealText } from '@gradshot/storage';
import type { StationSnapshot } from '../../../shared/index.ts';
import { StationStartError } from '../api.ts';
import type { Database } from './database.ts';

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
};

/** Sealed values by key; each is bound to its key. */
export type Settings = {
  get<K extends keyof Values>(key: K): Values[K] | undefined;
  set<K extends keyof Values>(key: K, value: Values[K]): void;
  /** Chosen at the first start, kept for good. */
  installationId(): string;
};

/** Throws `StationStartError` `station.keyMismatch` when the database was sealed by another key. */
export function createSettings(database: Database, key: Uint8Array): Settings {
  const select = database
    .prepare<[string], Buffer>('SELECT sealed FROM settings WHERE key = ?')
    .pluck();
  const upsert = database.prepare(
    'INSERT INTO settings (key, sealed) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET sealed = excluded.sealed',
  );
  const settings: Settings = {
    get(name) {
      const sealed = select.get(name);
      return sealed && JSON.parse(openText(key, sealed, `settings.${name}`));
    },
    set(name, value) {
      upsert.run(name, sealText(key, JSON.stringify(value), `settings.${name}`));
    },
    installationId() {
      return settings.get('installationId') as string;
    },
  };
  checkKey(settings);
  return settings;
}

function checkKey(settings: Settings): void {
  let known: string | undefined;
  try {
    known = settings.get('installationId');
  } catch (cause) {
    throw new StationStartError({ code: 'station.keyMismatch' }, { cause });
  }
  if (known === undefined) settings.set('installationId', randomUUID());
}
