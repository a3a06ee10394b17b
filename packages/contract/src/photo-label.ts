import { z } from 'zod';
import { offlineVisit } from './offline-collection.ts';
import { onSiteRecord } from './on-site-record.ts';
import { sha256, standardizationReport, timestamp } from './primitives.ts';

/**
 * What a sealed picture of a station says of itself, sealed beside it: enough to bring the photo to
 * the server without the station's database. The station rebuilds rows from it, and the server reads
 * it from pictures that arrive on a USB stick.
 */

/** How far the photo had come when the label was written; the database may be behind. */
export const LABEL_STEPS = ['kept', 'judged', 'handedIn', 'arrived'] as const;

/** Ids as the station has them; whoever acts on them checks them as if they came by the network. */
const name = z.string().min(1).max(100);

const photoFacts = {
  photoId: name,
  orderId: name,
  orderNo: name,
  step: z.enum(LABEL_STEPS),
  /** When the step was reached, by the station's clock. */
  at: timestamp,
  /** Counts the station's shots: the higher one of an order is the later one, whatever the clock. */
  sequence: z.int().positive(),
  profileId: name,
  /** Pixels of the original as it came from the camera. */
  width: z.int().positive(),
  height: z.int().positive(),
  capturedAt: timestamp,
  originalSha256: sha256,
  originalType: z.enum(['image/jpeg', 'image/png', 'image/webp', 'image/heic']),
  /** Begun without the server and not confirmed by it: `orderId` is the visit's, no order's. */
  offline: offlineVisit.exactOptional(),
};

const labelledPhoto = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('original'), ...photoFacts }),
  z.object({
    kind: z.literal('standard'),
    ...photoFacts,
    standardSha256: sha256,
    /** Names the profile's version, and every model and setting. */
    report: standardizationReport,
    /** What staff said about it; programs that know no such record leave it out. */
    onSite: onSiteRecord.exactOptional(),
  }),
]);
export type LabelledPhoto = z.infer<typeof labelledPhoto>;

/** Two photos may be the very same bytes, and are then one object. */
export const photoLabel = z.object({
  version: z.literal(1),
  photos: z.array(labelledPhoto).min(1),
});
export type PhotoLabel = z.infer<typeof photoLabel>;
