import type { Downloads, SheetLayout } from '@gradshot/contract';
import { fail, isIn, ok, type Result } from '@gradshot/domain';
import { type CallerIdentity, callerId } from '../../ports/access/caller.ts';
import type { PrintRows } from '../../ports/downloads/print-repository.ts';
import type { SheetMaker } from '../../ports/downloads/sheet-maker.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { EventLog } from '../../ports/ground/event-log.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { OrderView } from '../../ports/order-life/order-repository.ts';
import type { PhotoObjects } from '../../ports/photos/photo-objects.ts';
import type { PhotoRows } from '../../ports/photos/photo-repository.ts';
import type { Retention } from '../../ports/photos/retention.ts';
import type { SheetRenderer } from '../../ports/standardization/standardizer.ts';
import { keptUntil } from '../photos/photo-retention.ts';
import { type ApprovedPhoto, createPrintSheets, profileOf } from './print-sheets.ts';

type Needs = Stored<PhotoRows & PrintRows> & {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly objects: PhotoObjects;
  readonly retention: Retention;
  readonly sheets: SheetMaker;
  readonly standardizer: SheetRenderer;
};

export type PhotoDownloads = {
  list(order: OrderView): Promise<Result<Downloads>>;
  /** 标准照, byte for byte as approved; the look is logged. */
  standard(order: OrderView, caller: CallerIdentity): Promise<Result<Uint8Array>>;
  /** 排版照; the look is logged. */
  sheet(order: OrderView, layout: SheetLayout, caller: CallerIdentity): Promise<Result<Uint8Array>>;
};

export function createDownloads(environment: Needs): PhotoDownloads {
  const prints = createPrintSheets(environment);
  return {
    async list(order) {
      const photo = await approvedPhoto(environment, order);
      return photo.ok ? ok(listOf(environment, order, photo.value)) : photo;
    },
    async standard(order, caller) {
      const photo = await approvedPhoto(environment, order);
      return photo.ok ? take(environment, order, photo.value, caller) : photo;
    },
    async sheet(order, layout, caller) {
      const photo = await approvedPhoto(environment, order);
      if (!photo.ok) return photo;
      const standard = await take(environment, order, photo.value, caller);
      return standard.ok ? ok(await prints.get(photo.value, standard.value, layout)) : standard;
    },
  };
}

type Approved = ApprovedPhoto & { readonly standardBytes: number };

async function approvedPhoto({ storage }: Needs, order: OrderView): Promise<Result<Approved>> {
  if (!isIn(order.state, 'approved') || !order.photoId) return fail('download.notApproved');
  const photo = await storage.photos.find(order.photoId);
  if (photo?.erasedAt) return fail('photo.erased');
  if (!photo?.standardSha256 || photo.standardBytes === null)
    throw new Error(`order ${order.id} was approved without a standard photo`);
  return ok(photo as Approved);
}

async function take(
  { storage, objects, clock }: Needs,
  order: OrderView,
  photo: Approved,
  caller: CallerIdentity,
): Promise<Result<Uint8Array>> {
  await storage.photos.logAccess({
    at: clock(),
    caller: caller.kind,
    callerId: callerId(caller),
    action: 'download',
    orderId: order.id,
    photoId: photo.id,
  });
  const bytes = await objects.get(photo.standardSha256);
  if (!bytes) throw new Error(`the standard photo of order ${order.id} is missing`);
  return ok(bytes);
}

function listOf({ sheets, retention }: Needs, order: OrderView, photo: Approved): Downloads {
  const { width, height } = profileOf(photo);
  return {
    keepUntil: keptUntil(retention, order).toISOString(),
    standard: {
      fileName: `毕业证照-${order.orderNo}.jpg`,
      width,
      height,
      bytes: photo.standardBytes,
      sha256: photo.standardSha256,
    },
    sheets: sheets.catalogue().map((sheet) => ({
      ...sheet,
      fileName: `毕业证照-${order.orderNo}-排版-${sheet.zh.replaceAll(' ', '')}.jpg`,
    })),
  };
}
