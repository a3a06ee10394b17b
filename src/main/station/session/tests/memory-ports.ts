import { setImmediate } from 'node:timers/promises';
import { fail, type OrderState, ok, type Result } from '@gradshot/domain';
import { buildRefusal, buildReport } from '@gradshot/testkit';
import type { OrderView, PaymentView, ServiceView, StudentView } from '../../../../shared/index.ts';
import type { LocalPhoto, SessionPorts, ShootingObstacle } from '../ports.ts';

export type MemoryPorts = SessionPorts & {
  /** Answers the oldest call that waits; false when none does. */
  answerOne(): Promise<boolean>;
  answerAll(): Promise<void>;
  readonly waiting: () => number;
  /** Every call fails so until it is set back. */
  broken: boolean;
  paid: boolean;
  /** The last four were wrong too often. */
  locked: boolean;
  accepts: boolean;
  /** That the server announces from now on. */
  profileVersion: number | undefined;
  blockedBy: ShootingObstacle | undefined;
  /** The school lets new graduates start without the network. */
  takesOffline: boolean;
  /** Codes that were made for 在手机上继续. */
  handovers: number;
  readonly kept: Map<string, LocalPhoto & { readonly orderId: string }>;
};

const SERVICE: ServiceView = {
  priceFen: 2500,
  items: [],
  consents: [{ kind: 'service', version: '1', zh: '协议', en: 'Terms' }],
};

/** As long as the server's own. */
export const HANDOVER_MS = 5 * 60_000;

/** The person behind a code, recognisable in every field. */
export function personOf(code: string): StudentView {
  return {
    maskedName: `name<${code}>`,
    maskedIdNumber: `id<${code}>`,
    school: `school<${code}>`,
  };
}

export function orderOf(code: string, state: OrderState): OrderView {
  return {
    orderId: `order<${code}>`,
    orderNo: `no<${code}>`,
    state,
    batchName: '2027',
    school: `school<${code}>`,
    priceFen: 2500,
    profileId: 'chsi-480x640',
    updatedAt: '2026-11-23T00:00:00.000Z',
    reasons: [],
  };
}

/**
 * A visit's world in memory whose every answer waits until the test lets it come, so that answers
 * can meet a visit that has moved on. Codes name their person: `code` of `personOf(code)`.
 */
export function createMemoryPorts(
  stateOf: (code: string) => OrderState,
  now: () => number,
): MemoryPorts {
  const queue: (() => void)[] = [];
  const kept: MemoryPorts['kept'] = new Map();
  const later = <T>(make: () => Result<T>): Promise<Result<T>> =>
    new Promise((resolve) => {
      queue.push(() => resolve(ports.broken ? fail('network.unreachable') : make()));
    });
  const codeIn = (text: string) => /<(.*)>/.exec(text)?.[1] ?? '';
  const order = (orderId: string) => {
    const code = codeIn(orderId);
    const state = stateOf(code);
    const { paid, profileVersion } = ports;
    return {
      ...orderOf(code, paid && state === 'pendingPayment' ? 'pendingCapture' : state),
      ...(profileVersion === undefined ? {} : { profileVersion }),
    };
  };
  const payment = (orderId: string): PaymentView => ({
    paymentId: `payment<${codeIn(orderId)}>`,
    state: ports.paid ? 'paid' : 'pending',
    amountFen: 2500,
    codeUrl: `weixin://<${codeIn(orderId)}>`,
    expiresAt: '2027-01-01T00:00:00.000Z',
  });
  const agreed = new Set<string>();
  const offlineOrder = (code: string): OrderView => {
    const orderId = `visit<${code}>`;
    const state = agreed.has(orderId) ? 'pendingCapture' : 'pendingPayment';
    return { ...orderOf(code, state), orderId, offline: { payer: 'school' } };
  };
  const change = (photoId: string, to: Partial<LocalPhoto>) => {
    const photo = kept.get(photoId);
    if (!photo) return fail('photo.notFound');
    kept.set(photoId, { ...photo, ...to });
    return ok(null);
  };
  const ports: MemoryPorts = {
    broken: false,
    paid: false,
    locked: false,
    accepts: true,
    takesOffline: false,
    handovers: 0,
    profileVersion: undefined,
    blockedBy: undefined,
    obstacle: () => ports.blockedBy,
    kept,
    waiting: () => queue.length,
    async answerOne() {
      const next = queue.shift();
      next?.();
      await setImmediate();
      return next !== undefined;
    },
    async answerAll() {
      while (await ports.answerOne());
    },
    desk: {
      resolveCode: (read) =>
        later(() => {
          const code = 'payload' in read ? read.payload : read.payloadBase64;
          return ok({
            ticket: `ticket<${code}>`,
            expiresAt: '2027-01-01',
            student: personOf(code),
          });
        }),
      verify: (ticket) =>
        later(() => {
          if (ports.locked) return fail('eligibility.locked', { minutes: 15 });
          const code = codeIn(ticket);
          const orders = [order(`order<${code}>`)];
          return ok({ token: `token<${code}>`, student: personOf(code), orders });
        }),
      liftLock: () => later(() => (ports.locked ? ok(null) : fail('eligibility.notLocked'))),
      getOrder: (_token, orderId) => later(() => ok(order(orderId))),
      getService: () => later(() => ok(SERVICE)),
      giveConsents: () => later(() => ok(null)),
      createPayment: (_token, orderId) =>
        later(() => (ports.paid ? fail('payment.alreadyPaid') : ok(payment(orderId)))),
      getPayment: (_token, paymentId) => later(() => ok(payment(paymentId))),
      recordPayment: () => later(() => (ports.paid ? fail('payment.alreadyPaid') : ok(null))),
      cancelOrder: (_token, orderId) => later(() => ok({ ...order(orderId), state: 'cancelled' })),
      retake: (_token, orderId) => later(() => ok({ ...order(orderId), state: 'pendingCapture' })),
      createHandover: (_token, orderId) =>
        later(() => {
          ports.handovers += 1;
          const qrText = `gradshot:handover:${ports.handovers}<${codeIn(orderId)}>`;
          return ok({ qrText, expiresAt: new Date(now() + HANDOVER_MS).toISOString() });
        }),
    },
    offline: {
      begin: ([code]) =>
        ports.takesOffline && code && 'payload' in code
          ? { ticket: `offline<${code.payload}>` }
          : undefined,
      holds: (ticket) => ticket.startsWith('offline'),
      identify: (ticket) => {
        const student = personOf(codeIn(ticket));
        return ok({ ticket, expiresAt: '2027-01-01', student });
      },
      async verify(ticket) {
        if (ports.locked) return fail('eligibility.locked', { minutes: 15 });
        const code = codeIn(ticket);
        const token = `offline<${code}>`;
        return ok({ token, student: personOf(code), orders: [offlineOrder(code)] });
      },
      order: (orderId) => ok(offlineOrder(codeIn(orderId))),
      service: () => ok(SERVICE),
      agree: async (order) => {
        agreed.add(order.orderId);
        return ok({ ...order, state: 'pendingCapture' });
      },
    },
    ledger: {
      current: (orderId) =>
        [...kept.values()].filter((x) => x.orderId === orderId && x.step !== 'replaced').at(-1),
      keepShot: ({ order: { orderId }, shot }) =>
        later(() => {
          kept.set(shot.photoId, { orderId, shot, step: 'kept', hasStandard: false });
          return ok(null);
        }),
      original: () => later(() => ok(Buffer.from('original'))),
      isOwn: (photoId) => kept.has(photoId),
      keepStandard: (photoId, report, jpeg) =>
        later(() => {
          const { accepted } = report;
          const changed = change(photoId, {
            step: 'judged',
            accepted,
            report,
            hasStandard: jpeg !== undefined,
          });
          return changed.ok ? ok(kept.get(photoId)!) : changed;
        }),
      recordOnSite: (photoId, onSite) =>
        later(() => {
          const { onSite: _before, ...photo } = kept.get(photoId)!;
          const accepted = photo.accepted === true || onSite?.release !== undefined;
          kept.set(photoId, { ...photo, accepted, ...(onSite ? { onSite } : {}) });
          return ok(kept.get(photoId)!);
        }),
      handIn: (photoId) => later(() => change(photoId, { step: 'handedIn' })),
      replace: (photoId) => later(() => change(photoId, { step: 'replaced' })),
      delivery: () => 'queued',
    },
    standardizer: {
      async standardize(_picture, _profile, onProgress, signal) {
        onProgress(0.5, 'matte');
        const cancelled = new Promise<Result<never>>((resolve) => {
          signal.addEventListener('abort', () => resolve(fail('imaging.cancelled')));
        });
        const made = later(() =>
          ok(
            ports.accepts
              ? { report: buildReport(), jpeg: Buffer.from('jpeg') }
              : { report: buildRefusal('pose.roll') },
          ),
        );
        return Promise.race([made, cancelled]);
      },
    },
  };
  return ports;
}
