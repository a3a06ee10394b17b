import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { createFileObjectStore, type ObjectStore, sweepTemporaryFiles } from '@gradshot/storage';
import type { Database } from './database.ts';

/** Sealed pictures, addressed by the SHA-256 of their plain bytes. */
export type PictureVault = {
  /** Durable when it resolves. Rejects with ENOSPC when the disk is full. */
  put(picture: Uint8Array): Promise<string>;
  read(sha256: string): Promise<Buffer | undefined>;
  /** Deletes those that no photo refers to any more. */
  dropUnused(sha256s: readonly string[]): Promise<void>;
  /**
   * One at a time: two photos may be the same bytes, so storing one must not overlap with deleting
   * the other. Everything that puts or drops runs inside.
   */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  /** Removes what a crash left between storing a picture and recording it. Once, at start. */
  sweep(): Promise<number>;
  freeBytes(): Promise<number>;
};

export type VaultOptions = {
  readonly dataDir: string;
  readonly key: Uint8Array;
  readonly database: Database;
  /** Wraps the store; the dev dock's full disk sits here. */
  readonly wrap?: (store: ObjectStore) => ObjectStore;
};

export function createPictureVault(options: VaultOptions): PictureVault {
  const dir = join(options.dataDir, 'pictures');
  const plain = createFileObjectStore(dir, options.key);
  const store = options.wrap ? options.wrap(plain) : plain;
  const isUsed = usage(options.database);
  let lane: Promise<unknown> = Promise.resolve();

  const dropUnused = async (sha256s: readonly string[]) => {
    for (const sha256 of sha256s) if (!isUsed(sha256)) await store.remove(sha256);
  };
  return {
    put: (picture) => store.put(picture),
    read: (sha256) => store.get(sha256),
    dropUnused,
    exclusively(work) {
      const turn = lane.then(work);
      lane = turn.catch(() => undefined);
      return turn;
    },
    async sweep() {
      await sweepTemporaryFiles(dir);
      const unused = (await store.list()).filter((sha256) => !isUsed(sha256));
      await dropUnused(unused);
      return unused.length;
    },
    async freeBytes() {
      const { bavail, bsize } = await statfs(options.dataDir);
      return bavail * bsize;
    },
  };
}

function usage(database: Database): (sha256: string) => boolean {
  const select = database
    .prepare<[string, string], number>(
      `SELECT count(*) FROM photos WHERE pictures_deleted_at IS NULL
       AND (original_sha256 = ? OR standard_sha256 = ?)`,
    )
    .pluck();
  return (sha256) => (select.get(sha256, sha256) ?? 0) > 0;
}
