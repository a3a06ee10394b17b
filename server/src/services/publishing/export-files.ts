import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { fail, ok, type Result } from '@gradshot/domain';
import type { StaffCaller } from '../../ports/access/caller.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { PhotoObjects } from '../../ports/photos/photo-objects.ts';
import type { PhotoRows } from '../../ports/photos/photo-repository.ts';
import type { ExportChunk, PublishingRows } from '../../ports/publishing/publishing-repository.ts';
import { inPieces } from './archive-parts.ts';
import { wrongState } from './export-view.ts';

type Needs = Stored<PublishingRows & PhotoRows> & {
  readonly clock: Clock;
  readonly objects: PhotoObjects;
};

/** What of a file is held in memory at a time, and sealed as one object. */
const PIECE_BYTES = 4 * 1024 * 1024;

export type WrittenFile = { readonly sha256: string; readonly bytes: number };

/**
 * Keeps a file sealed, piece by piece, in place of what a try before left of it. `goesOn` is asked
 * between the pieces; undefined when it said no.
 */
export async function keepFile(
  { storage, objects, clock }: Needs,
  { exportId, name }: Pick<ExportChunk, 'exportId' | 'name'>,
  bytes: AsyncIterable<Buffer>,
  goesOn: () => Promise<boolean>,
): Promise<WrittenFile | undefined> {
  const { publishing, photos } = storage;
  await publishing.dropChunks(exportId, name);
  const hash = createHash('sha256');
  let position = 0;
  let length = 0;
  for await (const piece of inPieces(bytes, PIECE_BYTES)) {
    if (!(await goesOn())) return undefined;
    hash.update(piece);
    const sha256 = createHash('sha256').update(piece).digest('hex');
    await photos.announceObjects([sha256], clock());
    await objects.put(piece);
    await publishing.addChunk({ exportId, name, position, sha256, bytes: piece.length });
    position += 1;
    length += piece.length;
  }
  return { sha256: hash.digest('hex'), bytes: length };
}

/** The bytes of a kept file, one piece in memory at a time. Throws where one is missing. */
export async function* fileBytes(
  { storage, objects }: Pick<Needs, 'storage' | 'objects'>,
  { exportId, name }: Pick<ExportChunk, 'exportId' | 'name'>,
): AsyncGenerator<Uint8Array> {
  for (const { sha256 } of await storage.publishing.chunks(exportId, name)) {
    const piece = await objects.get(sha256);
    if (!piece) throw new Error(`a piece of ${name} is missing`);
    yield piece;
  }
}

export type ExportFiles = {
  /**
   * A file of a batch; that it leaves is written down before its first byte. Failures:
   * `request.notFound`, `publishing.wrongState`, `publishing.filesGone`.
   */
  download(caller: StaffCaller, exportId: string, name: string): Promise<Result<Readable>>;
  /** Deletes what is over its time; returns of how many batches. */
  deleteExpired(limit: number): Promise<number>;
};

export function createExportFiles(environment: Needs): ExportFiles {
  const { storage, clock } = environment;
  return {
    async download({ staffId }, exportId, name) {
      const noted = await storage.transaction(async ({ publishing }) => {
        const batch = await publishing.lock(exportId);
        const file = (await publishing.files(exportId)).find((one) => one.name === name);
        if (!batch || !file) return fail('request.notFound');
        if (batch.state !== 'made') return wrongState(batch);
        if (file.gone) return fail('publishing.filesGone');
        const at = clock();
        if (!batch.downloadedAt) await publishing.update(exportId, { downloadedAt: at });
        const count = file.photos;
        await publishing.addAct({ exportId, at, staffId, act: 'download', count, note: name });
        return ok(undefined);
      });
      if (!noted.ok) return noted;
      return ok(Readable.from(fileBytes(environment, { exportId, name }), { objectMode: false }));
    },
    async deleteExpired(limit) {
      const due = await storage.publishing.expired(clock(), limit);
      for (const exportId of due)
        await storage.transaction(async ({ publishing }) => {
          const batch = await publishing.lock(exportId);
          if (batch?.state !== 'made') return;
          const at = clock();
          await publishing.dropChunks(exportId);
          await publishing.update(exportId, { filesUntil: null });
          const count = batch.total;
          await publishing.addAct({ exportId, at, staffId: null, act: 'expire', count, note: '' });
        });
      return due.length;
    },
  };
}
