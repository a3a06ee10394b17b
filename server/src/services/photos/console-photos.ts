import { fail, ok, type Result } from '@gradshot/domain';
import type { StaffCaller } from '../../ports/access/caller.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { OrderView } from '../../ports/order-life/order-repository.ts';
import type { PhotoObjects } from '../../ports/photos/photo-objects.ts';
import type {
  AccessLogEntry,
  PhotoRecord,
  PhotoRows,
} from '../../ports/photos/photo-repository.ts';
import type { PhotoViewer } from '../../ports/photos/photo-viewer.ts';
import type { RosterLookupRows } from '../../ports/rosters/roster-repository.ts';

type Needs = Stored<PhotoRows & RosterLookupRows> & {
  readonly clock: Clock;
  readonly objects: PhotoObjects;
};

type Kind = 'original' | 'standard' | 'reference';

const ACTIONS: Readonly<Record<Kind, AccessLogEntry['action']>> = {
  original: 'viewOriginal',
  standard: 'viewStandard',
  reference: 'viewReference',
};

export type ConsolePhotos = {
  /**
   * The picture; the look is logged before a byte of it leaves. Failures: `photo.notFound`,
   * `photo.erased`.
   */
  look(
    caller: StaffCaller,
    order: OrderView,
    photo: { readonly photoId: string; readonly kind: Kind },
  ): Promise<Result<Uint8Array>>;
};

export function createConsolePhotos(environment: Needs, viewer: PhotoViewer): ConsolePhotos {
  const { storage, clock } = environment;
  return {
    async look(caller, order, { photoId, kind }) {
      const photo = await storage.photos.find(photoId);
      const sha256 = photo && (await addressOf(environment, photo, kind));
      if (photo?.orderId !== order.id || !sha256) return fail('photo.notFound');
      if (photo.erasedAt && kind !== 'reference') return fail('photo.erased');
      await storage.photos.logAccess({
        at: clock(),
        caller: caller.kind,
        callerId: caller.staffId,
        action: ACTIONS[kind],
        orderId: order.id,
        photoId,
      });
      return read(environment, viewer, sha256, kind);
    },
  };
}

async function addressOf(
  { storage }: Needs,
  photo: PhotoRecord,
  kind: Kind,
): Promise<string | null | undefined> {
  if (kind === 'original') return photo.originalSha256;
  if (kind === 'standard') return photo.standardSha256;
  return (await storage.rosters.match(photo.orderId))?.photoSha256;
}

/** The standard photo byte for byte; of the others a copy for the screen. */
async function read(
  { objects }: Needs,
  viewer: PhotoViewer,
  sha256: string,
  kind: Kind,
): Promise<Result<Uint8Array>> {
  const bytes = await objects.get(sha256);
  if (!bytes) return fail('photo.notFound');
  return ok(kind === 'standard' ? bytes : await viewer.viewOf(bytes));
}
