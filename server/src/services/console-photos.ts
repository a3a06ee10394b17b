import { fail, ok, type Result } from '@gradshot/domain';
import type { StaffCaller } from '../ports/caller.ts';
import type { Environment } from '../ports/environment.ts';
import type { PhotoViewer } from '../ports/photo-viewer.ts';
import type { AccessLogEntry, OrderView, PhotoRecord } from '../ports/records.ts';

type Kind = 'original' | 'standard' | 'reference';

const ACTIONS: Readonly<Record<Kind, AccessLogEntry['action']>> = {
  original: 'viewOriginal',
  standard: 'viewStandard',
  reference: 'viewReference',
};

export type ConsolePhotos = {
  /** The picture; the look is logged before a byte of it leaves. Failure: `photo.notFound`. */
  look(
    caller: StaffCaller,
    order: OrderView,
    photo: { readonly photoId: string; readonly kind: Kind },
  ): Promise<Result<Uint8Array>>;
};

export function createConsolePhotos(environment: Environment, viewer: PhotoViewer): ConsolePhotos {
  const { storage, clock } = environment;
  return {
    async look(caller, order, { photoId, kind }) {
      const photo = await storage.photos.find(photoId);
      if (!photo || photo.orderId !== order.id || kind === 'reference')
        return fail('photo.notFound');
      await storage.photos.logAccess({
        at: clock(),
        caller: caller.kind,
        callerId: caller.staffId,
        action: ACTIONS[kind],
        orderId: order.id,
        photoId,
      });
      return read(environment, viewer, photo, kind);
    },
  };
}

/** The standard photo byte for byte; of the original a copy for the screen. */
async function read(
  { objects }: Environment,
  viewer: PhotoViewer,
  photo: PhotoRecord,
  kind: 'original' | 'standard',
): Promise<Result<Uint8Array>> {
  const sha256 = kind === 'original' ? photo.originalSha256 : photo.standardSha256;
  const bytes = sha256 ? await objects.get(sha256) : undefined;
  if (!bytes) return fail('photo.notFound');
  return ok(kind === 'original' ? await viewer.viewOf(bytes) : bytes);
}
