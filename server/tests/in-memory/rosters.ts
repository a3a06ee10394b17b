import type { RosterLookup, RosterRepository } from '../../src/ports/rosters/roster-repository.ts';
import { firstOf, type Tables } from './tables.ts';

/** What the rest of the server looks up in rosters, and what puts it there. */
export type InMemoryRosters = RosterLookup &
  Pick<RosterRepository, 'save' | 'savePhotos' | 'saveComparison'>;

export function inMemoryRosters(tables: Tables): InMemoryRosters {
  const { orders, students, rosterEntries, rosterPhotos, photoComparisons } = tables;
  return {
    async match(orderId) {
      const order = orders.get(orderId);
      const person = order && students.get(order.studentId);
      const entry =
        person &&
        firstOf(
          rosterEntries,
          (row) => row.batchId === order.batchId && row.idNumberHash === person.idNumberHash,
        );
      if (!entry) return undefined;
      const { id, batchId, idNumberHash, sealed, college, className } = entry;
      const photoSha256 = rosterPhotos.get(id)?.sha256 ?? null;
      return { id, batchId, idNumberHash, sealed, college, className, photoSha256 };
    },
    batchNaming: async (idNumberHash, batchIds) =>
      firstOf(
        rosterEntries,
        (row) => row.idNumberHash === idNumberHash && batchIds.includes(row.batchId),
      )?.batchId,
    findComparison: async (photoId, referenceSha256) =>
      photoComparisons.get(`${photoId} ${referenceSha256}`),
    async save(entries) {
      for (const entry of entries) rosterEntries.set(entry.id, entry);
    },
    async savePhotos(photos) {
      for (const photo of photos) rosterPhotos.set(photo.entryId, photo);
    },
    async saveComparison(comparison) {
      photoComparisons.set(`${comparison.photoId} ${comparison.referenceSha256}`, comparison);
    },
  };
}
