import { fail, ok } from '@gradshot/domain';
import { beforeEach, describe, expect, test } from 'vitest';
import type { OrderView } from '../../src/ports/order-life/order-repository.ts';
import { unwrap } from '../in-memory/unwrap.ts';
import { createMoneyDesk, type MoneyDesk, openOrder } from './money-desk.ts';

const MINUTE_MS = 60_000;
const CALLER = { kind: 'graduate', sessionId: 's', studentIds: [] } as const;

let desk: MoneyDesk;
let order: OrderView;
beforeEach(async () => {
  desk = createMoneyDesk();
  order = (await openOrder(desk)).order;
});

const native = (idempotencyKey: string) => ({ method: 'native', idempotencyKey }) as const;
const open = (key: string) => desk.payments.open(order, native(key));
const rows = () => desk.storage.payments.listOfOrder(order.id);
const pay = async () => {
  const [payment] = await rows();
  return desk.service.pay(payment?.outTradeNo ?? '');
};
const stateOf = async () => (await desk.storage.orders.find(order.id))?.state;

describe('a payment', () => {
  test('is one, however often and however fast it is asked for', async () => {
    const opened = await Promise.all(['a', 'b', 'a', 'c'].map(open));
    const ids = opened.map((payment) => unwrap(payment).paymentId);
    expect(new Set(ids).size).toBe(1);
    expect(await rows()).toHaveLength(1);
    expect(desk.service.payable()).toHaveLength(1);
  });

  test('is offered again up to a minute before it expires, and then replaced', async () => {
    const first = unwrap(await open('a'));
    desk.advance(29 * MINUTE_MS - 1);
    expect(unwrap(await open('b')).paymentId).toBe(first.paymentId);
    desk.advance(1);
    const second = unwrap(await open('c'));
    expect(second.paymentId).not.toBe(first.paymentId);
    // The old code cannot be paid any more: nobody pays twice.
    expect(desk.service.payable()).toEqual([second.paymentId.replaceAll('-', '')]);
  });

  test('lasts thirty minutes at the payment service', async () => {
    await open('a');
    desk.advance(30 * MINUTE_MS - 1);
    expect(desk.service.payable()).toHaveLength(1);
    desk.advance(1);
    expect(desk.service.payable()).toEqual([]);
  });

  test('of another method takes the place of the one before, which nobody can pay then', async () => {
    await open('a');
    const h5 = { method: 'h5', idempotencyKey: 'b', clientIp: '192.0.2.9' } as const;
    const opened = unwrap(await desk.payments.open(order, h5));
    expect(opened.h5Url).toBeDefined();
    expect((await rows()).map(({ state }) => state).sort()).toEqual(['closed', 'pending']);
    expect(desk.service.payable()).toEqual([opened.paymentId.replaceAll('-', '')]);
  });

  test('inside WeChat belongs to the one who opened it', async () => {
    const jsapi = (openid: string, idempotencyKey: string) =>
      desk.payments.open(order, { method: 'jsapi', idempotencyKey, openid });
    const mine = unwrap(await jsapi('me', 'a'));
    expect(unwrap(await jsapi('me', 'b')).paymentId).toBe(mine.paymentId);
    expect(unwrap(await jsapi('you', 'c')).paymentId).not.toBe(mine.paymentId);
    expect(desk.service.payable()).toHaveLength(1);
    const nobody = await desk.payments.open(order, { method: 'jsapi', idempotencyKey: 'd' });
    expect(nobody).toMatchObject({ ok: false, error: { code: 'request.invalid' } });
  });

  test('a key stands for one order and one method', async () => {
    await open('a');
    const h5 = await desk.payments.open(order, { method: 'h5', idempotencyKey: 'a' });
    expect(h5).toMatchObject({ error: { code: 'request.idempotencyMismatch' } });
    const { order: other } = await openOrder(desk);
    const elsewhere = await desk.payments.open(other, native('a'));
    expect(elsewhere).toMatchObject({ error: { code: 'request.idempotencyMismatch' } });
  });

  test('of an order that is paid or over is refused', async () => {
    await open('a');
    await pay();
    await desk.payments.settleStale(9);
    desk.advance(2_000);
    const [payment] = await rows();
    if (!payment) throw new Error('no payment');
    expect(unwrap(await desk.payments.refresh(payment)).state).toBe('paid');
    expect(await stateOf()).toBe('pendingCapture');
    expect(await open('b')).toMatchObject({ error: { code: 'payment.alreadyPaid' } });
    expect(await rows()).toHaveLength(1);
    // The key of the payment itself is answered with it.
    expect(unwrap(await open('a')).state).toBe('paid');
    const { order: gone } = await openOrder(desk, { state: 'cancelled' });
    expect((await desk.payments.open(gone, native('c'))).ok).toBe(false);
    expect(await desk.storage.payments.listOfOrder(gone.id)).toEqual([]);
  });

  test('needs both consents', async () => {
    desk.storage.tables.consents.clear();
    expect(await open('a')).toMatchObject({ error: { code: 'consent.required' } });
    expect(await rows()).toEqual([]);
  });

  test('of nothing is paid at once, without the payment service', async () => {
    order = (await openOrder(desk, { priceFen: 0 })).order;
    desk.service.away = true;
    expect(unwrap(await open('a'))).toMatchObject({ state: 'paid', amountFen: 0 });
    expect(await stateOf()).toBe('pendingCapture');
  });

  test('while the service is away nothing is offered, and the wish is no second payment', async () => {
    desk.service.away = true;
    expect(await open('a')).toMatchObject({ error: { code: 'payment.providerUnavailable' } });
    desk.service.away = false;
    expect(unwrap(await open('b')).codeUrl).toBeDefined();
    expect(await rows()).toHaveLength(1);
  });
});

describe('a payment at the payment service', () => {
  const row = async () => {
    const [payment] = await rows();
    if (!payment) throw new Error('no payment');
    return payment;
  };

  test('is opened for what the order costs, until it ends, with where to tell of it', async () => {
    const asked: object[] = [];
    const { createNative } = desk.service;
    desk.service.createNative = (payment) => {
      asked.push(payment);
      return createNative(payment);
    };
    const opened = unwrap(await open('a'));
    const { outTradeNo, expiresAt } = await row();
    expect(asked).toEqual([
      {
        ...{ outTradeNo, expiresAt, amountFen: order.priceFen },
        description: expect.stringContaining(order.orderNo),
        notifyUrl: 'https://school.example/notify',
      },
    ]);
    expect(outTradeNo).toMatch(/^[0-9a-f]{32}$/);
    expect(opened).toEqual({
      ...{ paymentId: (await row()).id, orderId: order.id, method: 'native', state: 'pending' },
      ...{ amountFen: order.priceFen, codeUrl: `pay ${outTradeNo}` },
      expiresAt: expiresAt.toISOString(),
    });
    await open('b');
    expect(asked).toHaveLength(1);
  });

  test('in a phone’s browser gets a fresh page after four minutes, for the payer’s address', async () => {
    const asked: (string | undefined)[] = [];
    const { createH5 } = desk.service;
    desk.service.createH5 = (payment) => {
      asked.push(payment.clientIp);
      return createH5(payment);
    };
    const h5 = (idempotencyKey: string, clientIp?: string) =>
      desk.payments.open(order, {
        method: 'h5',
        idempotencyKey,
        ...(clientIp ? { clientIp } : {}),
      });
    await h5('a', '192.0.2.9');
    desk.advance(4 * MINUTE_MS - 1);
    await h5('b');
    expect(asked).toEqual(['192.0.2.9']);
    desk.advance(1);
    expect(unwrap(await h5('c')).h5Url).toBeDefined();
    expect(asked).toEqual(['192.0.2.9', '192.0.2.1']);
    expect(await rows()).toHaveLength(1);
  });

  test('shows nothing to pay with once it is over', async () => {
    await open('a');
    await pay();
    desk.advance(2_000);
    const paid = unwrap(await desk.payments.refresh(await row()));
    expect(paid).toMatchObject({ state: 'paid', paidAt: expect.any(String) });
    expect(paid).not.toHaveProperty('codeUrl');
  });

  test('that it does not take any more is replaced; one that it never takes is not tried for ever', async () => {
    const { createNative } = desk.service;
    let refusals = 1;
    desk.service.createNative = async (payment) =>
      refusals-- > 0 ? fail('request.idempotencyMismatch') : createNative(payment);
    expect(unwrap(await open('a')).state).toBe('pending');
    expect((await rows()).map(({ state }) => state).sort()).toEqual(['closed', 'pending']);
    const { order: next } = await openOrder(desk);
    refusals = 99;
    expect(await desk.payments.open(next, native('z'))).toEqual(
      fail('payment.providerUnavailable'),
    );
    expect(refusals).toBe(96);
    const tried = await desk.storage.payments.listOfOrder(next.id);
    expect(tried.map(({ state }) => state)).toEqual(['closed', 'closed', 'closed']);
  });

  test('that it refuses for another reason says which', async () => {
    desk.service.createNative = async () => fail('payment.amountMismatch');
    expect(await open('a')).toEqual(fail('payment.amountMismatch'));
  });

  test('that was paid while another way was asked for is told as paid', async () => {
    await open('a');
    await pay();
    const h5 = { method: 'h5', idempotencyKey: 'b' } as const;
    expect(await desk.payments.open(order, h5)).toEqual(fail('payment.alreadyPaid'));
    expect(await stateOf()).toBe('pendingCapture');
  });

  test.each(['closed', 'refunded'] as const)('that is %s there is so here', async (state) => {
    await open('a');
    const { outTradeNo } = await row();
    desk.service.query = async () => ok({ outTradeNo, state });
    desk.advance(2_000);
    expect(unwrap(await desk.payments.refresh(await row())).state).toBe(state);
    expect(await row()).toMatchObject({ state });
    expect(await stateOf()).toBe('pendingPayment');
  });

  test('said to be paid without saying how much, or under what number, books nothing', async () => {
    await open('a');
    const { outTradeNo } = await row();
    for (const facts of [{ transactionId: 't' }, { amountFen: order.priceFen }]) {
      desk.service.query = async () => ok({ outTradeNo, state: 'paid', ...facts });
      desk.advance(2_000);
      expect(unwrap(await desk.payments.refresh(await row())).state).toBe('pending');
    }
    expect(await stateOf()).toBe('pendingPayment');
  });

  test('that was paid at the last moment is booked, not closed', async () => {
    await open('a');
    await pay();
    const { query } = desk.service;
    let looks = 0;
    // Not heard of yet at the first look; paid by the time that it is to be closed.
    desk.service.query = async (outTradeNo) => {
      looks += 1;
      return looks === 1 ? ok({ outTradeNo, state: 'notPaid' }) : query(outTradeNo);
    };
    desk.advance(30 * MINUTE_MS + 1);
    await desk.payments.settleStale(9);
    expect(await row()).toMatchObject({ state: 'paid', refundDue: false });
    expect(await stateOf()).toBe('pendingCapture');
  });

  test('of which it cannot be said whether it was paid stays as it is', async () => {
    await open('a');
    await pay();
    const notPaid = async (outTradeNo: string) => ok({ outTradeNo, state: 'notPaid' } as const);
    desk.service.query = notPaid;
    desk.advance(30 * MINUTE_MS + 1);
    await desk.payments.settleStale(9);
    expect(await row()).toMatchObject({ state: 'pending' });
  });
});

describe('asking about a payment', () => {
  test('happens every two seconds at most, and not while it is settled', async () => {
    await open('a');
    const look = async () => {
      const [payment] = await rows();
      if (!payment) throw new Error('no payment');
      return unwrap(await desk.payments.refresh(payment)).state;
    };
    expect(await look()).toBe('pending');
    await pay();
    desk.advance(1_999);
    expect(await look()).toBe('pending');
    desk.advance(1);
    expect(await look()).toBe('paid');
    desk.service.query = async () => {
      throw new Error('asked about what is settled');
    };
    desk.advance(MINUTE_MS);
    expect(await look()).toBe('paid');
  });

  test('ends what is past its time, and not what is not', async () => {
    await open('a');
    desk.advance(30 * MINUTE_MS);
    expect(await desk.payments.settleStale(9)).toBe(0);
    expect((await rows())[0]?.state).toBe('pending');
    desk.advance(1);
    expect(await desk.payments.settleStale(9)).toBe(1);
    expect((await rows())[0]?.state).toBe('expired');
  });

  test('while the service is away leaves all as it is', async () => {
    await open('a');
    await pay();
    desk.service.away = true;
    desk.advance(31 * MINUTE_MS);
    await desk.payments.settleStale(9);
    expect((await rows())[0]?.state).toBe('pending');
    expect(await desk.orders.cancel(order, CALLER)).toMatchObject({ ok: false });
    desk.service.away = false;
    await desk.payments.settleStale(9);
    expect(await stateOf()).toBe('pendingCapture');
  });

  test('cancelling an order that was just paid leaves it paid', async () => {
    await open('a');
    await pay();
    expect((await desk.orders.cancel(order, CALLER)).ok).toBe(false);
    expect(await stateOf()).toBe('pendingCapture');
    expect((await rows())[0]).toMatchObject({ state: 'paid', refundDue: false });
  });
});

describe('a notification', () => {
  const receive = (change: object = {}) => {
    const [raw] = desk.service.notifications();
    const told = { ...JSON.parse(Buffer.from(raw?.rawBody ?? '').toString()), ...change };
    return desk.notifications.receive({ headers: {}, rawBody: Buffer.from(JSON.stringify(told)) });
  };

  test('books once, however often it comes', async () => {
    await open('a');
    await pay();
    await Promise.all([receive(), receive()]);
    expect(unwrap(await receive())).toBeUndefined();
    expect((await rows())[0]).toMatchObject({ state: 'paid', refundDue: false });
    const history = await desk.storage.orders.history(order.id);
    expect(history.map(({ event }) => event)).toEqual(['confirmPayment']);
    expect([...desk.storage.tables.paymentNotifications.values()]).toHaveLength(1);
  });

  test.each([2999, 3001])(
    'of %i fen for a fee of 3000 is booked as that, pays nothing and is owed back',
    async (amountFen) => {
      await open('a');
      await pay();
      unwrap(await receive({ amountFen }));
      unwrap(await receive({ amountFen }));
      expect(await stateOf()).toBe('pendingPayment');
      expect(await rows()).toMatchObject([
        {
          ...{ state: 'paid', amountFen, askedFen: 3000 },
          ...{ refundDue: true, refundCause: 'amount', transactionId: expect.any(String) },
        },
      ]);
      expect(desk.logged).toEqual(['the amount paid differs from the order']);
      const owed = await desk.dueRefunds.list(desk.staff, {
        returned: false,
        page: 1,
        pageSize: 9,
      });
      expect(owed).toMatchObject({ owed: 1, owedFen: amountFen, refunds: [{ cause: 'amount' }] });
      // The fee itself can still be paid.
      expect(unwrap(await open('b'))).toMatchObject({ state: 'pending', amountFen: 3000 });
    },
  );

  test('keeps what the service said of it', async () => {
    await open('a');
    await pay();
    const paidAt = desk.clock();
    desk.advance(5000);
    await receive();
    const [paid] = await rows();
    expect(paid).toMatchObject({ transactionId: expect.any(String), paidAt, refundCause: null });
    const [kept] = desk.storage.tables.paymentNotifications.values();
    expect(kept).toMatchObject({
      ...{ outTradeNo: paid?.outTradeNo, outcome: 'booked', receivedAt: desk.clock() },
    });
  });

  test('that is about nothing we follow, or is not the service’s, changes nothing', async () => {
    await open('a');
    await pay();
    const raw = { headers: {}, rawBody: Buffer.from('{}') };
    desk.service.parseNotification = async () => ok({ kind: 'ignored', notificationId: 'n' });
    expect(await desk.notifications.receive(raw)).toEqual(ok(undefined));
    desk.service.parseNotification = async () => fail('payment.signatureInvalid');
    expect(await desk.notifications.receive(raw)).toEqual(fail('payment.signatureInvalid'));
    expect(desk.storage.tables.paymentNotifications.size).toBe(0);
    expect(await stateOf()).toBe('pendingPayment');
  });

  test('of a payment that nobody knows is refused', async () => {
    await open('a');
    await pay();
    expect(await receive({ outTradeNo: 'x' })).toMatchObject({
      error: { code: 'request.notFound' },
    });
  });

  test.each([
    ['cancelled', 'cancelled'],
    ['refunding', 'refunded'],
    ['refunded', 'refunded'],
    ['pendingCapture', 'paidTwice'],
  ] as const)('for an order that is %s is booked and owed back: %s', async (state, cause) => {
    await open('a');
    await pay();
    await desk.storage.orders.update(order.id, 'pendingPayment', { state });
    await receive();
    expect((await rows())[0]).toMatchObject({
      state: 'paid',
      refundDue: true,
      refundCause: cause,
    });
    expect(await stateOf()).toBe(state);
  });
});
