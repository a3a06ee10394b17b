import type { ReviewItem } from '@gradshot/contract';
import { type Failure, fail, findPhotoProfile } from '@gradshot/domain';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Announcing } from '../../ports/ground/happenings.ts';
import type { ComparisonQueue } from '../../ports/ground/job-queue.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import type { OrderRows } from '../../ports/order-life/order-repository.ts';
import type { PhotoObjects } from '../../ports/photos/photo-objects.ts';
import type { PhotoRecord, PhotoRows } from '../../ports/photos/photo-repository.ts';
import type {
  RosterLookupRows,
  RosterMatch,
  RosterRows,
} from '../../ports/rosters/roster-repository.ts';
import { ENGINE_FAULTS, type IdentityComparer } from '../../ports/standardization/standardizer.ts';

type Needs = Stored<Announcing & OrderRows & PhotoRows & RosterRows> & {
  readonly clock: Clock;
  readonly jobs: ComparisonQueue;
  readonly objects: PhotoObjects;
  readonly standardizer: IdentityComparer;
};

/** Queued anew in one round of housekeeping; the rest follows in the next. */
const ROUND = 50;

/**
 * The photo of an order held beside the reference photo of its roster: a hint for the reviewer,
 * who decides. Nothing in an order's life depends on it.
 */
export type IdentityAdvising = {
  /** Does one job. Throws when the engine failed and another try may help. */
  run(photoId: string, lastTry: boolean): Promise<void>;
  /** Queues what waits for a reviewer and was not compared yet: reference photos may come later. */
  queueMissing(): Promise<void>;
};

export function createIdentityAdvising(environment: Needs): IdentityAdvising {
  return {
    run: (photoId, lastTry) => run(environment, photoId, lastTry),
    async queueMissing() {
      for (const photoId of await environment.storage.rosters.uncompared(ROUND))
        await environment.jobs.compare(photoId);
    },
  };
}

async function run(environment: Needs, photoId: string, lastTry: boolean): Promise<void> {
  const { storage } = environment;
  const photo = await storage.photos.find(photoId);
  const match = photo && (await storage.rosters.match(photo.orderId));
  if (!photo || photo.erasedAt || !match?.photoSha256) return;
  if (await storage.rosters.findComparison(photoId, match.photoSha256)) return;
  const advice = await compare(environment, photo, match);
  if (!advice.ok && ENGINE_FAULTS.has(advice.error.code) && !lastTry)
    throw new Error(`comparison failed: ${advice.error.code}`);
  await storage.rosters.saveComparison({
    photoId,
    referenceSha256: match.photoSha256,
    comparison: advice.ok ? advice.value : null,
    failure: advice.ok ? null : failureOf(advice.error),
    at: environment.clock(),
  });
  storage.announce({
    topic: 'order',
    orderId: photo.orderId,
    studentId: await studentOf(environment, photo),
  });
}

async function compare(
  { storage, objects, standardizer }: Needs,
  photo: PhotoRecord,
  { photoSha256, batchId }: RosterMatch,
) {
  const original = await objects.get(photo.originalSha256);
  const reference = photoSha256 && (await objects.get(photoSha256));
  const profile = findPhotoProfile(photo.profileId);
  // Told to the reviewer after the last try, like an engine that fails: asking for ever helps nobody.
  if (!original || !reference || !profile) return fail('server.internal');
  const bands = await storage.rosters.identityBands(batchId);
  return standardizer.compareIdentity(original, reference, profile, bands);
}

async function studentOf({ storage }: Needs, photo: PhotoRecord): Promise<string> {
  return (await storage.orders.find(photo.orderId))?.studentId ?? '';
}

/** The engine's failures are one to a reviewer: there is no advice. */
function failureOf({ code, details }: Failure): string {
  if (code === 'imaging.noFace' && details?.picture === 'reference') return 'noFaceInReference';
  if (code === 'imaging.noFace') return 'noFaceInPhoto';
  return ENGINE_FAULTS.has(code) ? 'engine' : 'referenceUnreadable';
}

type Sentence = { readonly zh: string; readonly en: string };

const FAILURES: Readonly<Record<string, Sentence>> = {
  noFaceInReference: {
    zh: '录取照片中没有找到人脸，无法比对，请目视核对。',
    en: 'No face was found in the reference photo. Compare by eye.',
  },
  noFaceInPhoto: {
    zh: '原片中没有找到人脸，无法比对，请目视核对。',
    en: 'No face was found in the original. Compare by eye.',
  },
  referenceUnreadable: {
    zh: '录取照片无法用于比对，请目视核对。',
    en: 'The reference photo cannot be compared. Compare by eye.',
  },
  engine: {
    zh: '自动比对没有完成，请目视核对。',
    en: 'The automatic comparison did not finish. Compare by eye.',
  },
};

type Shown = Pick<ReviewItem, 'hasReference' | 'identity' | 'identityFailure' | 'roster'>;

/** What the roster knows about the person of an order, and what the comparison said. */
export async function rosterFactsOf(
  environment: Stored<RosterLookupRows> & { readonly vault: Vault },
  orderId: string,
  photoId: string,
): Promise<Shown> {
  const { storage, vault } = environment;
  const match = await storage.rosters.match(orderId);
  if (!match) return { hasReference: false };
  const { XY, ZYMC, BJ } = fieldsOf(vault, match);
  const roster = {
    ...(XY ? { college: XY } : {}),
    ...(ZYMC ? { major: ZYMC } : {}),
    ...(BJ ? { className: BJ } : {}),
  };
  if (!match.photoSha256) return { hasReference: false, roster };
  const found = await storage.rosters.findComparison(photoId, match.photoSha256);
  const failure = found?.failure ? FAILURES[found.failure] : undefined;
  return {
    hasReference: true,
    roster,
    ...(found?.comparison ? { identity: found.comparison } : {}),
    ...(failure ? { identityFailure: failure } : {}),
  };
}

/** The row of the register, by its short column names. */
export function fieldsOf(
  vault: Vault,
  entry: { readonly sealed: Uint8Array; readonly idNumberHash: string },
): Readonly<Record<string, string>> {
  const plain = vault.open(entry.sealed, `rosterEntries:${entry.idNumberHash}`);
  return Object.fromEntries(JSON.parse(plain) as [string, string][]);
}
