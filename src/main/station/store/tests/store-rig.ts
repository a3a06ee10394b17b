import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRigClock, type RigClock } from '../../ground/tests/rig-clock.ts';
import { fakeJpeg } from '../../imaging/tests/stub-engine.ts';
import type { PhotoLedger } from '../../session/ports.ts';
import { orderOf, personOf } from '../../session/tests/memory-ports.ts';
import { createPhotoLedger } from '../photo-ledger.ts';
import { closeStore, openStore, type Store, type StoreOptions } from '../store.ts';

export type StoreRig = {
  readonly dir: string;
  readonly clock: RigClock;
  readonly store: Store;
  readonly ledger: PhotoLedger;
  readonly queued: () => number;
  keep(photoId: string, code?: string, look?: string): ReturnType<PhotoLedger['keepShot']>;
  close(): Promise<void>;
};

export const STORE_KEY = Buffer.alloc(32, 5);

export async function openStoreRig(
  others: Pick<StoreOptions, 'openLogFile'> = {},
): Promise<StoreRig> {
  const dir = await mkdtemp(join(tmpdir(), 'store-'));
  const clock = createRigClock();
  const store = await openStore({
    ...{ dataDir: dir, key: STORE_KEY, clock, log: () => {} },
    ...others,
  });
  let queued = 0;
  const onQueued = () => {
    queued += 1;
  };
  const ledger = createPhotoLedger({
    ...{ ...store, clock, diskReserveBytes: 0, onQueued },
    onHandedIn: store.safekeeping.soon,
  });
  return {
    dir,
    clock,
    store,
    ledger,
    queued: () => queued,
    keep: (photoId, code = 'A', look = photoId) =>
      ledger.keepShot({
        order: orderOf(code, 'pendingCapture'),
        student: personOf(code),
        shot: { photoId, width: 4000, height: 3000, capturedAt: '2026-11-23T01:00:00.000Z' },
        picture: fakeJpeg(look),
      }),
    async close() {
      await closeStore(store);
      await rm(dir, { recursive: true, force: true });
    },
  };
}
