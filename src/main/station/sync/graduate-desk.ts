import { ok, type Result } from '@gradshot/domain';
import type { GraduateDesk } from '../session/ports.ts';
import type { ServerClock } from './server-clock.ts';
import type { ServerLink } from './server-link.ts';
import { orderView, paymentView, studentView } from './server-views.ts';

/**
 * A visit goes on without these answers where none comes, and somebody stands there: in a network that
 * swallows everything they are waited for no longer than this.
 */
const DISPENSABLE = { timeoutMs: 4000 };

/** What the desk needs: the way to the server, and how far its clock is ahead of ours. */
export type GraduateDeskOptions = {
  readonly link: ServerLink;
  readonly clock: ServerClock;
};

/**
 * The server as a visit uses it. Looking up a code is the station's own call; everything about an
 * order is called with the graduate's session, so that a visit reaches its own orders only. What
 * runs out is told by the station's clock, wrong as that may be: screen and session compare with it.
 */
export function createGraduateDesk({ link, clock }: GraduateDeskOptions): GraduateDesk {
  const byOurClock = <T extends { readonly expiresAt: string }>(value: T): T => ({
    ...value,
    expiresAt: new Date(Date.parse(value.expiresAt) - (clock.skewMs() ?? 0)).toISOString(),
  });
  const as = (token: string) => ({ authorization: `Bearer ${token}` });
  return {
    resolveCode: async (code) =>
      map(
        await link.asStation((client) => client.call('resolveCode', { body: code })),
        ({ ticket, expiresAt, student }) =>
          byOurClock({ ticket, expiresAt, student: studentView(student) }),
      ),
    verify: async (ticket, lastFour) =>
      map(
        await link.asStation((client) =>
          client.call('verifyLastFour', { body: { ticket, lastFour } }),
        ),
        ({ sessionToken, student, orders }) => ({
          token: sessionToken,
          student: studentView(student),
          orders: orders.map(orderView),
        }),
      ),
    liftLock: (ticket) =>
      link.asStation((client) => client.call('liftLastFourLock', { body: { ticket } })),
    getOrder: async (token, orderId) =>
      map(
        await link.asStation((client) =>
          client.call('getOrder', { params: { orderId } }, { ...as(token), ...DISPENSABLE }),
        ),
        orderView,
      ),
    getService: (token, orderId) =>
      link.asStation((client) => client.call('getService', { params: { orderId } }, as(token))),
    giveConsents: (token, orderId, consents) =>
      link.asStation((client) =>
        client.call(
          'giveConsent',
          { params: { orderId }, body: { consents: [...consents] } },
          as(token),
        ),
      ),
    createPayment: async (token, orderId, idempotencyKey) =>
      map(
        await link.asStation((client) =>
          client.call(
            'createPayment',
            { params: { orderId }, body: { method: 'native', idempotencyKey } },
            as(token),
          ),
        ),
        (payment) => byOurClock(paymentView(payment)),
      ),
    getPayment: async (token, paymentId) =>
      map(
        await link.asStation((client) =>
          client.call('getPayment', { params: { paymentId } }, as(token)),
        ),
        (payment) => byOurClock(paymentView(payment)),
      ),
    recordPayment: (orderId, taken, idempotencyKey) =>
      link.asStation((client) =>
        client.call('recordDeskPayment', {
          params: { orderId },
          body: { ...taken, idempotencyKey },
        }),
      ),
    cancelOrder: async (token, orderId) =>
      map(
        await link.asStation((client) =>
          client.call('cancelOrder', { params: { orderId } }, as(token)),
        ),
        orderView,
      ),
    retake: async (token, orderId) =>
      map(
        await link.asStation((client) =>
          client.call('retakePhoto', { params: { orderId } }, { ...as(token), ...DISPENSABLE }),
        ),
        orderView,
      ),
    createHandover: async (token, orderId) =>
      map(
        await link.asStation((client) =>
          client.call('createHandover', { params: { orderId } }, as(token)),
        ),
        byOurClock,
      ),
  };
}

function map<T, U>(result: Result<T>, convert: (value: T) => U): Result<U> {
  return result.ok ? ok(convert(result.value)) : result;
}
