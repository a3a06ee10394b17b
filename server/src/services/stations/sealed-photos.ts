import type { RouteOutput } from '@gradshot/contract';
import { fail, ORDER_STATE_TEXT, ok, type Result } from '@gradshot/domain';
import type { StationCaller } from '../../ports/access/caller.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import type { OrderRows, OrderView } from '../../ports/order-life/order-repository.ts';
import type { PhotoRecord, PhotoRows } from '../../ports/photos/photo-repository.ts';
import type { Station, StationRows } from '../../ports/stations/station-repository.ts';
import {
  type OpenedPhoto,
  openSealedPhoto,
  type SealedPhoto,
} from '../../security/sealed-photo.ts';
import { reachOrder } from '../access/order-access.ts';
import type { OfflineVisits } from '../offline/offline-visits.ts';
import type { Orders } from '../orders/orders.ts';
import type { Photos } from '../photos/photos.ts';
import { openStationKey } from './station-keys.ts';

type Needs = Stored<OrderRows & PhotoRows & StationRows> & {
  readonly clock: Clock;
  readonly vault: Pick<Vault, 'escrow'>;
};

type Outcome = RouteOutput<'handInSealedPhoto'>;

export type CarriedPhoto = SealedPhoto & {
  /** Of the station that took it. */
  readonly installationId: string;
};

/** Photos that one station of a school brings in for another. */
export type SealedPhotos = {
  handIn(carrier: StationCaller, photo: CarriedPhoto): Promise<Result<Outcome>>;
};

type Parts = {
  readonly environment: Needs;
  readonly photos: Pick<Photos, 'store'>;
  readonly orders: Pick<Orders, 'handIn'>;
  readonly offlineVisits: OfflineVisits;
};

export function createSealedPhotos(parts: Parts): SealedPhotos {
  return {
    async handIn(carrier, photo) {
      const origin = await findOrigin(parts.environment, carrier, photo.installationId);
      if (!origin.ok) return origin;
      const key = openStationKey(parts.environment.vault, origin.value);
      if (!key) return fail('stick.keyNotRegistered');
      const opened = openSealedPhoto(key, photo);
      if (!opened) return fail('stick.damaged');
      const addressed = await addressTo(parts, origin.value, opened);
      if (!addressed.ok) return addressed;
      return arrive(parts, { carrier, origin: origin.value }, addressed.value);
    },
  };
}

/** Also one that was disabled: that its photos must come by another is what this is for. */
async function findOrigin(
  { storage }: Needs,
  carrier: StationCaller,
  installationId: string,
): Promise<Result<Station>> {
  const origin = await storage.stations.findByInstallation(installationId);
  if (!origin) return fail('stick.originUnknown');
  return origin.schoolId === carrier.schoolId ? ok(origin) : fail('stick.otherSchool');
}

/**
 * Taken offline, a photo names its visit and not its order: it is confirmed as if its own station had
 * asked, and nothing is taken that the graduate did not hand in.
 */
async function addressTo(
  { offlineVisits }: Parts,
  origin: Station,
  opened: OpenedPhoto,
): Promise<Result<OpenedPhoto>> {
  const { offline, orderId: visitId, photoId } = opened.label;
  if (!offline) return ok(opened);
  if (!wasHandedIn(opened)) return fail('stick.orderGoneOn');
  const confirmed = await offlineVisits.confirm(callerOf(origin), { visitId, photoId, ...offline });
  if (!confirmed.ok) return confirmed;
  const { standing, order } = confirmed.value;
  if (standing === 'unpaid')
    return fail('order.transitionForbidden', { state: ORDER_STATE_TEXT[order.state].zh });
  return ok({ ...opened, label: { ...opened.label, orderId: order.orderId } });
}

const callerOf = ({ id, schoolId }: Station): StationCaller => ({
  ...{ kind: 'station', stationId: id, schoolId },
});

type Journey = { readonly carrier: StationCaller; readonly origin: Station };

async function arrive(
  parts: Parts,
  journey: Journey,
  opened: OpenedPhoto,
): Promise<Result<Outcome>> {
  const { storage } = parts.environment;
  const { label } = opened;
  const reached = await reachOrder({ storage }, journey.carrier, label.orderId);
  if (!reached.ok) return reached;
  const order = reached.value;
  const known = await storage.photos.find(label.photoId);
  if (known && isSettled(known, opened)) return ok({ outcome: 'thereAlready' });
  const hasGoneOn = known
    ? known.discardedAt !== null
    : await isOvertaken(parts, journey, order, opened);
  if (hasGoneOn) return fail('stick.orderGoneOn');
  await record(parts.environment, journey, opened);
  return deliver(parts, journey.origin, order, opened);
}

const wasHandedIn = ({ label: { step } }: OpenedPhoto) => step === 'handedIn' || step === 'arrived';

/** This very photo has come as far as its label says. */
function isSettled(known: PhotoRecord, opened: OpenedPhoto): boolean {
  const { orderId, originalSha256, standardSha256 } = opened.label;
  const isSame =
    known.orderId === orderId &&
    known.originalSha256 === originalSha256 &&
    known.standardSha256 === standardSha256;
  if (!isSame || known.discardedAt) return isSame && known.handedInAt !== null;
  return known.handedInAt !== null || !wasHandedIn(opened);
}

/**
 * The order has another photo that is the later word: of the same station by that station's clock, of
 * anybody else by the time at which it came.
 */
async function isOvertaken(
  { environment }: Parts,
  { origin }: Journey,
  order: OrderView,
  { label }: OpenedPhoto,
): Promise<boolean> {
  const present = order.photoId ? await environment.storage.photos.find(order.photoId) : undefined;
  if (!present) return false;
  const capturedAt = new Date(label.capturedAt);
  return (present.uploaderId === origin.id ? present.capturedAt : present.uploadedAt) > capturedAt;
}

/** Every photo that is brought in leaves a trace of who brought it. */
function record({ storage, clock }: Needs, { carrier }: Journey, { label }: OpenedPhoto) {
  return storage.photos.logAccess({
    at: clock(),
    caller: carrier.kind,
    callerId: carrier.stationId,
    action: 'carryIn',
    orderId: label.orderId,
    photoId: label.photoId,
  });
}

/** The very same as an ordinary delivery by the station that took it. */
async function deliver(
  { photos, orders }: Parts,
  origin: Station,
  order: OrderView,
  opened: OpenedPhoto,
): Promise<Result<Outcome>> {
  const { label, original, standard } = opened;
  const { photoId, originalSha256, originalType, standardSha256, capturedAt, report } = label;
  const { onSite } = label;
  const said = onSite ? { onSite } : {};
  const meta = { originalSha256, originalType, standardSha256, capturedAt, report, ...said };
  const taker = callerOf(origin);
  const stored = await photos.store(order, { photoId, meta, original, standard }, taker);
  if (!stored.ok) return goneOn(stored);
  if (!wasHandedIn(opened)) return ok({ outcome: 'handedIn' });
  const submitted = await orders.handIn(order, { photoId, ...said }, taker);
  return submitted.ok ? ok({ outcome: 'handedIn' }) : goneOn(submitted);
}

/** The order is at a step that takes no photo: for staff at another station there is one meaning. */
function goneOn(refused: Result<unknown> & { readonly ok: false }): Result<never> {
  return refused.error.code === 'order.transitionForbidden' ? fail('stick.orderGoneOn') : refused;
}
