import type { PrintRepository } from '../../src/ports/downloads/print-repository.ts';
import type { PhotoRepository } from '../../src/ports/photos/photo-repository.ts';
import { append, insertNew, newestFirst, patch, rowsOf, type Tables } from './tables.ts';

export function inMemoryPhotos(tables: Tables): PhotoRepository {
  const { photos, storedObjects, accessLog } = tables;
  return {
    find: async (id) => photos.get(id),
    insert: async (photo) => insertNew(photos, photo.id, photo),
    async update(id, { report, ...change }) {
      // Like the SQL: of an erased photo nothing at all changes with a report.
      if (report && photos.get(id)?.erasedAt) return;
      patch(photos, id, { ...change, ...(report ? { report } : {}) });
    },
    async announceObjects(sha256s, at) {
      for (const sha256 of sha256s) storedObjects.set(sha256, at);
    },
    async forgetUnusedObjects(before, limit) {
      const used = usedObjects(tables);
      const unused = [...storedObjects]
        .filter(([sha256, putAt]) => putAt < before && !used.has(sha256))
        .map(([sha256]) => sha256)
        .slice(0, limit);
      for (const sha256 of unused) storedObjects.delete(sha256);
      return unused;
    },
    listOfOrder: async (orderId) =>
      newestFirst(
        rowsOf(photos, (photo) => photo.orderId === orderId),
        ({ uploadedAt }) => uploadedAt,
      ),
    logAccess: async (entry) => append(accessLog, entry),
    fingerprintsBefore: async ({ id, orderId }) =>
      rowsOf(
        photos,
        (photo) =>
          photo.orderId === orderId &&
          photo.id !== id &&
          (photo.accepted === false || photo.handedInAt !== null),
      ).flatMap(({ report }) => report?.fingerprint ?? []),
  };
}

/** Of a phone's chunks nothing is known here: there are no uploads in memory. */
function usedObjects({ photos, printSheets, rosterPhotos }: Tables): ReadonlySet<string> {
  const kept = rowsOf(photos, ({ erasedAt }) => erasedAt === null);
  const sheets = rowsOf(printSheets, ({ photoId }) => kept.some(({ id }) => id === photoId));
  return new Set([
    ...kept.map(({ originalSha256 }) => originalSha256),
    ...kept.flatMap(({ standardSha256 }) => standardSha256 ?? []),
    ...sheets.map(({ sha256 }) => sha256),
    ...rowsOf(rosterPhotos).map(({ sha256 }) => sha256),
  ]);
}

export function inMemoryPrints({ printSheets }: Tables): PrintRepository {
  return {
    find: async (photoId, layout) => printSheets.get(`${photoId} ${layout}`),
    async add(sheets) {
      for (const sheet of sheets) {
        const key = `${sheet.photoId} ${sheet.layout}`;
        if (!printSheets.has(key)) printSheets.set(key, sheet);
      }
    },
  };
}
