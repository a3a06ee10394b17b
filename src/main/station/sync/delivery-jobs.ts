import type { OrderDetail } from '@gradshot/contract';
import {
  type Failure,
  fail,
  isIn,
  type OrderState,
  ok,
  type Result,
  stepAt,
} from '@gradshot/domain';
import type { DeliverySource, PhotoForUpload } from '../store/delivery-source.ts';
import type { OrderChange } from '../store/order-table.ts';
import type { Delivery } from '../store/outbox.ts';
import type { StationClient } from './connection.ts';
import { orderChange } from './server-views.ts';

/** `change`: what the server's answer tells about the order. */
export type Delivered = { readonly change?: OrderChange };

type Send = (
  delivery: Delivery,
  client: StationClient,
  source: DeliverySource,
  signal: AbortSignal,
) => Promise<Result<Delivered>>;

/** Until its photo is handed in, and once that is rejected, an order can be given another one. */
function isReplaceable(state: OrderState): boolean {
  return isIn(state, 'rejected') || (isIn(state, 'photo') && stepAt(state) !== undefined);
}

/** Every job may be repeated after a lost answer or a crash: the server ends up the same. */
export const SEND: { readonly [K in Delivery['kind']]: Send } = {
  deliver,
  handIn,
  takeBack,
};

/** A photo is sent whole: what does not fit into its time begins anew, and so never arrives. */
const SHORTEST_UPLOAD_MS = 60_000;
/** The server listens so long to one request. */
const LONGEST_UPLOAD_MS = 300_000;
/** Bytes per millisecond of the slowest network that photos are sent over, a megabit a second. */
const SLOWEST = 125;

export function uploadLimit(files: Pick<PhotoForUpload, 'original' | 'standard'>): number {
  const { original, standard } = files;
  const needed = Math.ceil((original.byteLength + standard.byteLength) / SLOWEST);
  return Math.min(LONGEST_UPLOAD_MS, SHORTEST_UPLOAD_MS + needed);
}

async function deliver(
  delivery: Delivery,
  client: StationClient,
  source: DeliverySource,
  signal: AbortSignal,
): Promise<Result<Delivered>> {
  const photo = await source.photo(delivery.photoId);
  if (!photo.ok) return photo;
  if (!photo.value) return ok({});
  const { orderId, photoId } = delivery;
  const files = photo.value;
  const options = { signal, timeoutMs: uploadLimit(files) };
  const put = () => client.deliverPhoto({ orderId, photoId, ...files }, options);
  const first = await put();
  if (first.ok) return ok({});
  if (first.error.code !== 'order.transitionForbidden') return first;
  const room = await makeRoom(delivery, { client, source, signal }, first.error);
  if (!room.ok) return room;
  if (room.value === 'thereAlready') return ok({});
  const second = await put();
  return second.ok ? ok({}) : second;
}

type Sending = {
  readonly client: StationClient;
  readonly source: DeliverySource;
  readonly signal: AbortSignal;
};

/** The order holds another photo, or was rejected: the new one takes its place, free of charge. */
async function makeRoom(
  { orderId, photoId }: Delivery,
  { client, source, signal }: Sending,
  failure: Failure,
): Promise<Result<'thereAlready' | 'free'>> {
  const order = await client.call('getOrder', { params: { orderId } }, { signal });
  if (!order.ok) return order;
  if (order.value.photoId === photoId && order.value.state !== 'rejected')
    return ok('thereAlready');
  const replaceable = isReplaceable(order.value.state);
  if (!replaceable || isLaterElsewhere(order.value, source.takenAt(photoId), source))
    return { ok: false, error: failure };
  const retaken = await client.call('retakePhoto', { params: { orderId } }, { signal });
  return retaken.ok ? ok('free') : retaken;
}

/** The graduate went on with a phone after the shot was made here: that is the later word. */
function isLaterElsewhere(order: OrderDetail, takenAt: number, source: DeliverySource): boolean {
  const { photoId, updatedAt } = order;
  return photoId !== undefined && !source.isOwn(photoId) && Date.parse(updatedAt) > takenAt;
}

/** Takes a photo back that was replaced before it was handed in, if the server has it. */
async function takeBack(
  { orderId, photoId }: Delivery,
  client: StationClient,
  _source: DeliverySource,
  signal: AbortSignal,
): Promise<Result<Delivered>> {
  const order = await client.call('getOrder', { params: { orderId } }, { signal });
  if (!order.ok) return order;
  const has = order.value.photoId === photoId && isReplaceable(order.value.state);
  if (!has) return ok({ change: orderChange(order.value) });
  const retaken = await client.call('retakePhoto', { params: { orderId } }, { signal });
  return retaken.ok ? ok({ change: orderChange(retaken.value) }) : retaken;
}

async function handIn(
  { orderId, photoId }: Delivery,
  client: StationClient,
  source: DeliverySource,
  signal: AbortSignal,
): Promise<Result<Delivered>> {
  if (source.isReplaced(photoId)) return ok({});
  const params = { orderId };
  const onSite = source.onSite(photoId);
  const body = { photoId, ...(onSite ? { onSite } : {}) };
  const submitted = await client.call('handInPhoto', { params, body }, { signal });
  if (submitted.ok) return ok({ change: orderChange(submitted.value) });
  const { code } = submitted.error;
  if (code !== 'order.transitionForbidden' && code !== 'order.locked') return submitted;
  const order = await client.call('getOrder', { params }, { signal });
  if (!order.ok) return order;
  const isThere = order.value.photoId === photoId && isIn(order.value.state, 'review', 'approved');
  if (isThere) return ok({ change: orderChange(order.value) });
  return fail(code, submitted.error.details);
}
