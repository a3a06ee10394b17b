import { fail, firstResolved, isRetryable, ok, type Result } from '@gradshot/domain';
import type { OrderView, PaymentView } from '../../../shared/index.ts';
import { localView, type NextAct, nextAct, withLocal } from './order-place.ts';
import { agreeOnProfile } from './photo-standard.ts';
import {
  isAccepted,
  type ResolvedCode,
  type SessionPorts,
  type ShootingObstacle,
} from './ports.ts';
import type { EffectKind, EffectRequest, Effects, Outcome, Place } from './state.ts';

/** The work that the reducer asks for, done through the ports. */

export type EffectContext = {
  readonly ports: SessionPorts;
  readonly signal: AbortSignal;
  readonly onProgress: (fraction: number, stage: string) => void;
};

type Worker<K extends EffectKind> = (
  input: Effects[K]['input'],
  context: EffectContext,
) => Promise<Result<Effects[K]['value']>>;

function local({ ledger }: SessionPorts, order: OrderView): OrderView {
  return withLocal(order, localView(ledger.current(order.orderId), ledger.delivery));
}

function seen(ports: SessionPorts, result: Result<OrderView>): Result<OrderView> {
  return result.ok ? ok(local(ports, result.value)) : result;
}

/** Where the server cannot be asked, a visit may begin all the same. */
const resolveCode: Worker<'resolveCode'> = async ({ codes }, { ports, signal }) => {
  // Who has left asks about no further one.
  const found = await firstResolved<ResolvedCode>(codes, async (code) =>
    signal.aborted ? fail('station.wrongStep') : ports.desk.resolveCode(code),
  );
  if (found.ok || !found.error.code.startsWith('network.')) return found;
  const begun = ports.offline.begin(codes);
  return begun ? ok(begun) : found;
};

const verify: Worker<'verify'> = async ({ ticket, lastFour }, { ports }) => {
  const by = ports.offline.holds(ticket) ? ports.offline : ports.desk;
  const opened = await by.verify(ticket, lastFour);
  if (!opened.ok) return opened;
  const orders = opened.value.orders.map((order) => local(ports, order));
  return ok({ ...opened.value, orders });
};

/** A list that was shown stays good enough to go on with while the server cannot be reached. */
const openOrder: Worker<'openOrder'> = async ({ token, order }, { ports }) => {
  if (order.offline) return seen(ports, ports.offline.order(order.orderId));
  // Asked before the server is: its answer does not know of what arrives meanwhile.
  const left = leftHere(ports, order.orderId);
  const found = await ports.desk.getOrder(token, order.orderId);
  if (!found.ok && isRetryable(found.error.code)) return ok(local(ports, order));
  if (found.ok && left && wentOnElsewhere(ports, left, found.value)) {
    const given = await ports.ledger.replace(left.photoId);
    if (!given.ok) return given;
  }
  return seen(ports, found);
};

type LeftHere = { readonly photoId: string; readonly arrived: boolean };

/** A standard photo that nobody handed in, and that is no longer on its way. */
function leftHere({ ledger }: SessionPorts, orderId: string): LeftHere | undefined {
  const photo = ledger.current(orderId);
  if (!photo || !isAccepted(photo)) return undefined;
  const { photoId } = photo.shot;
  const delivery = ledger.delivery(photoId);
  if (delivery !== 'arrived' && delivery !== 'parked') return undefined;
  return { photoId, arrived: delivery === 'arrived' };
}

/** It was taken back on another client, or could not arrive because of a photo from there. */
function wentOnElsewhere({ ledger }: SessionPorts, left: LeftHere, order: OrderView): boolean {
  if (order.photoId === left.photoId) return false;
  return left.arrived || (order.photoId !== undefined && !ledger.isOwn(order.photoId));
}

const begin: Worker<'begin'> = async ({ token, order }, { ports }) => {
  const still = order.offline ? ports.offline.order(order.orderId) : ok(null);
  if (!still.ok) return still;
  const present = local(ports, order);
  const act = nextAct(present, ports.ledger.current(order.orderId));
  if (!act.ok) return act;
  const agreed = leadsToCamera(act.value) ? agreeOnProfile(present) : ok(null);
  if (!agreed.ok) return agreed;
  if (act.value === 'pay') return offerService(ports, token, present);
  if (act.value === 'retake') return answerRejection(ports, token, present);
  return ok(act.value);
};

/** Also by way of the payment, so that nobody pays for what cannot be delivered from here. */
function leadsToCamera(act: NextAct): boolean {
  return typeof act === 'string' || act.to === 'requirements' || act.to === 'kept';
}

async function offerService(
  ports: SessionPorts,
  token: string,
  order: OrderView,
): Promise<Result<Place>> {
  const { orderId } = order;
  const service = order.offline
    ? ports.offline.service(orderId)
    : await ports.desk.getService(token, orderId);
  return service.ok ? ok({ to: 'service', order, service: service.value }) : service;
}

/** Out of reach, the server hears of the retake when the new photo is delivered. */
async function answerRejection(
  ports: SessionPorts,
  token: string,
  order: OrderView,
): Promise<Result<Place>> {
  const retaken = await ports.desk.retake(token, order.orderId);
  if (!retaken.ok && !isRetryable(retaken.error.code)) return retaken;
  return ok({ to: 'requirements', order: { ...order, state: 'pendingCapture' } });
}

/** Nobody pays for a photo that cannot be taken here. */
function readyToShoot({ obstacle }: SessionPorts): Result<null> {
  const present = obstacle();
  return present ? fail('station.cannotShoot', { test: SELF_TEST[present] }) : ok(null);
}

const SELF_TEST: Readonly<Record<ShootingObstacle, number>> = { imaging: 4, camera: 8 };

const pay: Worker<'pay'> = async ({ token, order, consents, key }, { ports }) => {
  const ready = readyToShoot(ports);
  if (!ready.ok) return ready;
  if (order.offline) {
    const agreed = await ports.offline.agree(order, consents);
    return agreed.ok ? ok({ paidOrder: local(ports, agreed.value) }) : agreed;
  }
  const recorded = await ports.desk.giveConsents(token, order.orderId, consents);
  if (!recorded.ok) return recorded;
  return openPayment(ports, token, order, key);
};

const recordPayment: Worker<'recordPayment'> = async ({ order, taken, key }, { ports }) => {
  const ready = readyToShoot(ports);
  if (!ready.ok) return ready;
  const recorded = await ports.desk.recordPayment(order.orderId, taken, key);
  return recorded.ok ? ok(local(ports, { ...order, state: 'pendingCapture' })) : recorded;
};

const refreshPayment: Worker<'refreshPayment'> = async (input, { ports }) => {
  const { token, order, payment, key } = input;
  const now = await ports.desk.getPayment(token, payment.paymentId);
  if (!now.ok) return now;
  if (now.value.state === 'pending') return ok({ payment: keepCode(payment, now.value) });
  if (now.value.state === 'paid') return ok({ payment: keepCode(payment, now.value) });
  const ready = readyToShoot(ports);
  return ready.ok ? openPayment(ports, token, order, key) : ready;
};

/** A later look need not repeat the code's text. */
export function keepCode(known: PaymentView, now: PaymentView): PaymentView {
  return now.codeUrl ? now : { ...now, codeUrl: known.codeUrl };
}

async function openPayment(
  ports: SessionPorts,
  token: string,
  order: OrderView,
  key: string,
): Promise<Result<Effects['pay']['value']>> {
  const payment = await ports.desk.createPayment(token, order.orderId, key);
  if (payment.ok) return ok({ payment: payment.value });
  if (payment.error.code !== 'payment.alreadyPaid') return payment;
  const paidOrder = await ports.desk.getOrder(token, order.orderId);
  return paidOrder.ok ? ok({ paidOrder: local(ports, paidOrder.value) }) : paidOrder;
}

/** Asked again for a photo that is done (it was called off too late), it gives the same outcome. */
const judge: Worker<'judge'> = async ({ order, photoId }, context) => {
  const { ledger, standardizer } = context.ports;
  const known = ledger.current(order.orderId);
  if (known?.shot.photoId === photoId && known.report) return ok(finished(context.ports, order));
  const picture = await ledger.original(photoId);
  if (!picture.ok) return picture;
  const { onProgress, signal } = context;
  const made = await standardizer.standardize(picture.value, order.profileId, onProgress, signal);
  if (!made.ok) return made;
  const kept = await ledger.keepStandard(photoId, made.value.report, made.value.jpeg);
  return kept.ok ? ok(finished(context.ports, order)) : kept;
};

function finished(ports: SessionPorts, order: OrderView): Effects['judge']['value'] {
  const photo = ports.ledger.current(order.orderId);
  if (!photo?.report) throw new Error('a standardised photo has no report');
  const seen = local(ports, { ...order, state: 'pendingCapture' });
  const { report, hasStandard } = photo;
  return { order: seen, report, hasStandard, accepted: photo.accepted === true };
}

async function nothing(done: Promise<Result<unknown>>): Promise<Result<null>> {
  const result = await done;
  return result.ok ? ok(null) : result;
}

const WORKERS: { readonly [K in EffectKind]: Worker<K> } = {
  resolveCode,
  identify: async ({ ticket, entryId }, { ports }) => ports.offline.identify(ticket, entryId),
  verify,
  // A lock that is kept here opens by itself: whom the server has locked cannot be known.
  liftLock: async ({ ticket }, { ports }) =>
    ports.offline.holds(ticket)
      ? fail('network.unreachable')
      : nothing(ports.desk.liftLock(ticket)),
  openOrder,
  begin,
  pay,
  recordPayment,
  refreshPayment,
  cancelOrder: async ({ token, orderId }, { ports }) =>
    seen(ports, await ports.desk.cancelOrder(token, orderId)),
  handOver: ({ token, orderId }, { ports }) => ports.desk.createHandover(token, orderId),
  keep: async (shot, { ports }) => {
    const kept = await ports.ledger.keepShot(shot);
    return kept.ok ? ok(local(ports, shot.order)) : kept;
  },
  judge,
  recordOnSite: async ({ order, photoId, record }, { ports }) => {
    const recorded = await ports.ledger.recordOnSite(photoId, record);
    return recorded.ok ? ok({ order: local(ports, order), photo: recorded.value }) : recorded;
  },
  replace: async ({ order, photoId }, { ports }) => {
    const done = await ports.ledger.replace(photoId);
    return done.ok ? ok(local(ports, { ...order, state: 'pendingCapture' })) : done;
  },
  handIn: async ({ order, photoId }, { ports }) => {
    const done = await ports.ledger.handIn(photoId);
    return done.ok ? ok(local(ports, order)) : done;
  },
};

export async function perform(effect: EffectRequest, context: EffectContext): Promise<Outcome> {
  const worker = WORKERS[effect.kind] as Worker<EffectKind>;
  const result = await worker(effect.input, context);
  return { kind: effect.kind, result } as Outcome;
}
