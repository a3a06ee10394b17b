import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StaffCaller, StationCaller } from '../../src/ports/access/caller.ts';
import type { OrderView } from '../../src/ports/order-life/order-repository.ts';
import { createMoneyDesk, type MoneyDesk, openOrder } from './money-desk.ts';

/**
 * Money is never lost and never doubled, whatever people and the payment service do in whatever
 * order, also at the same time. In the end, once everything was asked about, the books of the
 * payment service and ours agree.
 */

const MINUTE_MS = 60_000;
const CALLER = { kind: 'graduate', sessionId: 's', studentIds: [] } as const;

type World = {
  readonly desk: MoneyDesk;
  readonly order: OrderView;
  readonly staff: StaffCaller;
  readonly station: StationCaller;
};

/** One thing that may happen; `n` chooses among whatever there is to choose. */
const STEPS: Readonly<Record<string, (world: World, n: number) => unknown>> = {
  open: ({ desk, order }, n) =>
    desk.payments.open(order, { method: n % 2 ? 'native' : 'h5', idempotencyKey: `key ${n % 3}` }),
  atTheDesk: ({ desk, order, station }, n) => {
    const idempotencyKey = `desk ${n % 3}`;
    const cash = { method: 'cash', receiptNo: `R-${n % 2}`, idempotencyKey } as const;
    const school = { method: 'school', idempotencyKey } as const;
    return desk.deskPayments.record(station, order, n % 4 === 0 ? school : cash);
  },
  handBack: (world, n) => handBack(world, `back ${n % 2}`),
  pay: ({ desk: { service } }, n) => service.pay(pick(service.payable(), n) ?? ''),
  notify: ({ desk }, n) => {
    const raw = pick(desk.service.notifications(), n);
    return raw && desk.notifications.receive(raw);
  },
  async look({ desk, order }, n) {
    const payment = pick(await desk.storage.payments.listOfOrder(order.id), n);
    return payment && desk.payments.refresh(payment);
  },
  housekeeping: async ({ desk }) => {
    await desk.payments.settleStale(9);
    await desk.refunds.pursue(9);
  },
  wait: ({ desk }, n) => desk.advance(n * MINUTE_MS),
  cancel: ({ desk, order }) => desk.orders.cancel(order, CALLER),
  refund: ({ desk, order, staff }, n) =>
    desk.refunds.request(staff, order, { reason: '申请退款', idempotencyKey: `refund ${n % 2}` }),
  async giveBack({ desk, order, staff }, n) {
    const payment = pick(await desk.storage.payments.listOfOrder(order.id), n);
    const wish = { reason: '重复支付', idempotencyKey: `due ${n % 3}` };
    return payment && desk.dueRefunds.giveBack(staff, payment, wish);
  },
  away: ({ desk: { service } }, n) => {
    service.away = n % 2 === 0;
  },
  empty: ({ desk: { service } }, n) => {
    service.empty = n % 2 === 0;
  },
};

/** Cash of a fee that was refunded. */
async function handBack(
  { desk, order, staff }: Pick<World, 'desk' | 'order' | 'staff'>,
  key: string,
): Promise<void> {
  const payments = await desk.storage.payments.listOfOrder(order.id);
  const owed = payments.find(
    ({ refundCause, state }) => refundCause === 'cash' && state === 'paid',
  );
  const wish = { reference: 'R-0', note: '', idempotencyKey: key };
  if (owed) await desk.dueRefunds.noteByHand(staff, owed, wish);
}

const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % (list.length || 1)];

/** What moves money comes up more often than the rest. */
const names = [...Object.keys(STEPS), 'open', 'open', 'pay', 'pay', 'giveBack', 'atTheDesk'];
const step = fc.tuple(fc.constantFrom(...names), fc.nat({ max: 40 }));
/** Steps of one round happen at the same time. */
const rounds = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { maxLength: 25 });

async function play(world: World, played: readonly (readonly (readonly [string, number])[])[]) {
  for (const round of played) await Promise.all(round.map(([name, n]) => STEPS[name]?.(world, n)));
}

/** Everything comes back to life; notifications may be lost, so that all has to be asked about. */
async function comeToRest(world: World, notified: boolean): Promise<void> {
  const { desk } = world;
  desk.service.away = false;
  for (let round = 0; round < 4; round += 1) {
    desk.advance(40 * MINUTE_MS);
    await desk.payments.settleStale(99);
    await desk.refunds.pursue(99);
    const arriving = notified ? desk.service.notifications() : [];
    for (const raw of arriving) await desk.notifications.receive(raw);
  }
  await handBack(world, 'in the end');
}

async function expectBooksToAgree({ desk, order }: World): Promise<void> {
  const { storage, service } = desk;
  const payments = await storage.payments.listOfOrder(order.id);
  for (const { outTradeNo, receivedFen, returnedFen } of service.accounts()) {
    const payment = payments.find((row) => row.outTradeNo === outTradeNo);
    // Not lost: what was received is booked. Not made up: what was not received is not.
    expect(['paid', 'refunded'].includes(payment?.state ?? '')).toBe(receivedFen > 0);
    expect(payment?.amountFen).toBe(receivedFen || order.priceFen);
    // Not returned twice, and returned in full where we say so.
    expect(returnedFen).toBe(payment?.state === 'refunded' ? receivedFen : 0);
  }
  // What nobody knows of was never opened there: it cannot hold money.
  expect(payments.filter(({ state }) => state === 'pending')).toEqual([]);
  const kept = payments.filter(({ state }) => state === 'paid');
  await expectOnePaidOrder({ desk, order }, kept);
}

async function expectOnePaidOrder(
  { desk, order }: Pick<World, 'desk' | 'order'>,
  kept: readonly { readonly refundDue: boolean }[],
): Promise<void> {
  const { state } = (await desk.storage.orders.find(order.id)) ?? {};
  const counting = kept.filter(({ refundDue }) => !refundDue);
  // One fee at most counts for an order, and exactly one for an order that is paid.
  expect(counting).toHaveLength(state === 'pendingCapture' ? 1 : 0);
  expect(['pendingPayment', 'pendingCapture', 'cancelled', 'refunded']).toContain(state);
  const history = await desk.storage.orders.history(order.id);
  const times = (event: string) => history.filter((entry) => entry.event === event).length;
  expect(times('confirmPayment')).toBeLessThanOrEqual(1);
  expect(times('confirmRefund')).toBeLessThanOrEqual(1);
}

describe('money', () => {
  test('is never lost and never doubled', async () => {
    await fc.assert(
      fc.asyncProperty(rounds, fc.boolean(), async (played, notified) => {
        const desk = createMoneyDesk();
        const at = { desk, ...(await openOrder(desk)) };
        await play(at, played);
        await comeToRest(at, notified);
        await expectBooksToAgree(at);
      }),
      { numRuns: 400 },
    );
  });
});
