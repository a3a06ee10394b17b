import { randomUUID } from 'node:crypto';
import { fail } from '@gradshot/domain';
import { beforeEach, describe, expect, test } from 'vitest';
import type { OrderView } from '../../src/ports/order-life/order-repository.ts';
import type { PaymentRequest } from '../../src/services/payments/payments.ts';
import { unwrap } from '../in-memory/unwrap.ts';
import { createMoneyDesk, type MoneyDesk, openOrder } from './money-desk.ts';

const MINUTE_MS = 60_000;

let desk: MoneyDesk;
let order: OrderView;
beforeEach(async () => {
  desk = createMoneyDesk();
  order = (await openOrder(desk)).order;
});

const open = (idempotencyKey: string, given: Partial<PaymentRequest> = {}) =>
  desk.payments.open(order, { method: 'native', idempotencyKey, ...given });
const jsapi = (idempotencyKey: string, openid: string) =>
  open(idempotencyKey, { method: 'jsapi', openid });
const rows = () => desk.storage.payments.listOfOrder(order.id);
const payAll = async () => {
  for (const outTradeNo of desk.service.payable()) desk.service.pay(outTradeNo);
  desk.advance(2_000);
  for (const payment of await rows()) await desk.payments.refresh(payment);
};

describe('a wish to pay that comes again with the same key', () => {
  test('gets a new payment when the one before ran out, or is about to', async () => {
    const first = unwrap(await open('a'));
    desk.advance(29 * MINUTE_MS);
    const second = unwrap(await open('a'));
    expect(second.paymentId).not.toBe(first.paymentId);
    desk.advance(31 * MINUTE_MS);
    await desk.payments.settleStale(9);
    expect((await rows()).map(({ state }) => state).sort()).toEqual(['closed', 'expired']);
    const third = unwrap(await open('a'));
    expect(third.state).toBe('pending');
    expect(desk.service.payable()).toEqual([third.paymentId.replaceAll('-', '')]);
  });

  test('of another payer gets a payment of their own', async () => {
    const mine = unwrap(await jsapi('a', 'me'));
    const yours = unwrap(await jsapi('a', 'you'));
    expect(yours.paymentId).not.toBe(mine.paymentId);
    expect(desk.service.payable()).toEqual([yours.paymentId.replaceAll('-', '')]);
  });

  test('is answered by what was paid, also when the key came second', async () => {
    const { paymentId } = unwrap(await open('a'));
    await open('b');
    await payAll();
    expect(unwrap(await open('b'))).toMatchObject({ paymentId, state: 'paid' });
    expect(await open('c')).toEqual(fail('payment.alreadyPaid'));
  });
});

describe('a payment inside WeChat', () => {
  test('is opened once, for the payer, and hands over what the mini-program asks with', async () => {
    const asked: string[] = [];
    const { createJsapi } = desk.service;
    desk.service.createJsapi = (payment) => {
      asked.push(payment.openid);
      return createJsapi(payment);
    };
    expect(unwrap(await jsapi('a', 'me')).jsapi).toMatchObject({ signType: 'RSA' });
    expect(unwrap(await jsapi('b', 'me')).jsapi).toMatchObject({ signType: 'RSA' });
    expect(asked).toEqual(['me']);
  });

  test('is what binds a payment to a payer: a code on a screen is anybody’s', async () => {
    const first = unwrap(await open('a', { openid: 'me' }));
    expect(unwrap(await open('b')).paymentId).toBe(first.paymentId);
    expect(unwrap(await open('c', { openid: 'you' })).paymentId).toBe(first.paymentId);
    expect((await rows()).map(({ payerHash }) => payerHash)).toEqual([null]);
  });
});

test('an order that there is not is paid neither by WeChat nor at the desk', async () => {
  const { station } = await openOrder(desk);
  const none = { ...order, id: randomUUID() };
  const notFound = fail('order.notFound');
  const wish = { method: 'native', idempotencyKey: 'a' } as const;
  expect(await desk.payments.open(none, wish)).toEqual(notFound);
  const atDesk = { method: 'school', idempotencyKey: 'b' } as const;
  expect(await desk.deskPayments.record(station, none, atDesk)).toEqual(notFound);
});

test('an order that costs nothing says so in its history, and nobody is owed anything', async () => {
  order = (await openOrder(desk, { priceFen: 0 })).order;
  const { paymentId } = unwrap(await open('a'));
  expect(await desk.storage.orders.history(order.id)).toMatchObject([
    { event: 'confirmPayment', actor: 'server', details: { paymentId, free: true } },
  ]);
  const due = await desk.dueRefunds.list(desk.staff, { returned: false, page: 1, pageSize: 9 });
  expect(due).toMatchObject({ refunds: [], owed: 0 });
});
