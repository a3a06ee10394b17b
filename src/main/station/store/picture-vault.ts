import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { type LabelledPhoto, type PhotoLabel, photoLabel } from '@gradshot/contract';
import type { Result } from '@gradshot/domain';
import { createFileObjectStore, type ObjectStore, sweepTemporaryFiles } from '@gradshot/storage';
import type { Database } from './database.ts';

const PICTURE_FOLDER = 'pictures';

/** What lies in the vault under an address. */
export type FoundLabel =
  | { readonly kind: 'labelled'; readonly photos: readonly LabelledPhoto[] }
  /** Stored by a program that wrote no labels. */
  | { readonly kind: 'unlabelled' }
  /** Cut short, altered, or sealed by another key. */
  | { readonly kind: 'damaged' }
  | { readonly kind: 'absent' };

/** Sealed pictures, addressed by the SHA-256 of their plain bytes. */
export type PictureVault = {
  /**
   * Durable, with its label, when it resolves. Rejects with ENOSPC when the disk is full. Of a photo
   * that the object's label names already, the entry is replaced.
   */
  put(picture: Uint8Array, photo: LabelledPhoto): Promise<string>;
  read(sha256: string): Promise<Buffer | undefined>;
  /** As it lies on the disk; see `ObjectStore`. */
  sealed(sha256: string): Promise<Buffer | undefined>;
  has(sha256: string): Promise<boolean>;
  label(sha256: string): Promise<FoundLabel>;
  /** Writes how far the photo is into its object's label; nothing where the object is gone. */
  mark(sha256: string, photo: LabelledPhoto): Promise<void>;
  /** Every object, whoever refers to it. */
  list(): Promise<readonly string[]>;
  /**
   * Deletes those that no photo refers to any more. Where the disk does not take that, they stay, and
   * the next start finds them.
   */
  dropUnused(sha256s: readonly string[]): Promise<void>;
  isUsed(sha256: string): boolean;
  /**
   * One at a time: two photos may be the same bytes, so storing one must not overlap with deleting
   * the other. Everything that puts, marks or drops runs inside.
   */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  freeBytes(): Promise<number>;
};

/** The sealed objects themselves, which can be looked at before there is a database. */
export async function openPictureObjects(dataDir: string, key: Uint8Array): Promise<ObjectStore> {
  const dir = join(dataDir, PICTURE_FOLDER);
  // Half-written files: nobody was told that they are safe.
  await sweepTemporaryFiles(dir);
  return createFileObjectStore(dir, key);
}

export type VaultOptions = {
  readonly dataDir: string;
  readonly objects: ObjectStore;
  readonly database: Database;
  /** Answers when what the database has been told is on the disk. */
  readonly settled: () => Promise<Result<null>>;
};

export function createPictureVault(options: VaultOptions): PictureVault {
  const store = options.objects;
  const isUsed = usage(options.database);
  let lane: Promise<unknown> = Promise.resolve();
  const renewed = async (sha256: string, photo: LabelledPhoto) => {
    const found = await findLabel(store, sha256);
    const others = found.kind === 'labelled' ? found.photos : [];
    return labelBytes([...others.filter((x) => x.photoId !== photo.photoId), photo]);
  };
  return {
    async put(picture, photo) {
      const sha256 = photo.kind === 'original' ? photo.originalSha256 : photo.standardSha256;
      return store.put(picture, await renewed(sha256, photo));
    },
    read: (sha256) => store.get(sha256),
    sealed: (sha256) => store.sealed(sha256),
    has: (sha256) => store.has(sha256),
    label: (sha256) => findLabel(store, sha256),
    async mark(sha256, photo) {
      await store.setLabel(sha256, await renewed(sha256, photo));
    },
    list: () => store.list(),
    async dropUnused(sha256s) {
      // A power cut must not bring back the row of a picture that is gone.
      if (sha256s.length === 0 || !(await options.settled()).ok) return;
      for (const sha256 of sha256s) if (!isUsed(sha256)) await store.remove(sha256);
    },
    isUsed,
    exclusively(work) {
      const turn = lane.then(work);
      lane = turn.catch(() => undefined);
      return turn;
    },
    async freeBytes() {
      const { bavail, bsize } = await statfs(options.dataDir);
      return bavail * bsize;
    },
  };
}

function labelBytes(photos: readonly LabelledPhoto[]): Buffer {
  return Buffer.from(JSON.stringify({ version: 1, photos: [...photos] } satisfies PhotoLabel));
}

/** What the object says of itself. */
export async function findLabel(store: ObjectStore, sha256: string): Promise<FoundLabel> {
  try {
    const bytes = await store.label(sha256);
    if (!bytes) return { kind: (await store.has(sha256)) ? 'unlabelled' : 'absent' };
    const label = photoLabel.safeParse(JSON.parse(bytes.toString('utf8')));
    // Of a newer program, whose pictures are none of ours to judge.
    return label.success ? { kind: 'labelled', photos: label.data.photos } : { kind: 'unlabelled' };
  } catch {
    return { kind: 'damaged' };
  }
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
