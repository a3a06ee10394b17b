import { randomUUID } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createManualClock,
  startWechatPaySimulator,
  type WechatPaySimulator,
} from '@gradshot/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type {
  NewPayment,
  PaymentProvider,
  RawNotification,
} from '../../ports/payments/payment-provider.ts';
import type { WechatPayConfig, WechatPayTrouble } from './config.ts';
import { createWechatPayProvider } from './wechat-pay-provider.ts';

/** The merchant's notification address: keeps what arrives and answers as told. */
async function startInbox() {
  const received: RawNotification[] = [];
  const answer = { status: 204 };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({
        headers: request.headers as IncomingHttpHeaders,
        rawBody: Buffer.concat(chunks),
      });
      response.writeHead(answer.status).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1/wechat/pay/notify`,
    received,
    answer,
    close: () => new Promise((done) => server.close(done)),
  };
}

/** Both ways of trusting WeChat Pay must keep the same contract. */
const TRUST = {
  'platform certificates': ({ publicKeys: _, ...rest }: WechatPayConfig) => rest,
  'public key': (config: WechatPayConfig) => config,
  'both, while changing over': (config: WechatPayConfig) => ({ ...config, useCertificates: true }),
} as const;

describe.each(Object.entries(TRUST))('WeChat Pay provider, %s', (_name, trust) => {
  const clock = createManualClock();
  const troubles: WechatPayTrouble[] = [];
  let simulator: WechatPaySimulator;
  let inbox: Awaited<ReturnType<typeof startInbox>>;
  let provider: PaymentProvider;

  beforeAll(async () => {
    [simulator, inbox] = await Promise.all([
      startWechatPaySimulator({ now: clock.now }),
      startInbox(),
    ]);
    provider = createWechatPayProvider({
      ...trust({ ...simulator.credentials }),
      baseUrl: simulator.url,
      now: clock.now,
      report: (trouble) => troubles.push(trouble),
    });
  });
  afterAll(() => Promise.all([simulator.close(), inbox.close()]));
  beforeEach(() => {
    troubles.length = 0;
    inbox.received.length = 0;
    inbox.answer.status = 204;
    Object.assign(simulator.settings, {
      notifications: 'send',
      copies: 1,
      spoilSignatures: false,
      spoilAnswers: false,
      retryPausesMs: [],
    });
  });

  const newPayment = (): NewPayment => ({
    outTradeNo: randomUUID().replaceAll('-', ''),
    description: '毕业证照图像采集',
    amountFen: 2500,
    expiresAt: new Date(clock.now().getTime() + 600_000),
    notifyUrl: inbox.url,
  });
  const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
    if (!result.ok) throw new Error(JSON.stringify(result.error));
    return result.value;
  };
  const paid = async (payment = newPayment()) => {
    value(await provider.createNative(payment));
    const outcome = simulator.pay({ outTradeNo: payment.outTradeNo });
    await simulator.settle();
    return { payment, outcome };
  };
  const failure = (code: string) => ({ ok: false, error: expect.objectContaining({ code }) });

  it('opens a payment by QR code, and the same one again', async () => {
    const payment = newPayment();
    const first = value(await provider.createNative(payment));
    expect(first.codeUrl).toMatch(/^weixin:\/\/wxpay\/bizpayurl\?pr=/);
    expect(value(await provider.createNative(payment))).toEqual(first);
  });

  it('refuses another amount under the same number', async () => {
    const payment = newPayment();
    value(await provider.createNative(payment));
    const other = await provider.createNative({ ...payment, amountFen: 1 });
    expect(other).toEqual(failure('request.idempotencyMismatch'));
  });

  it('follows a payment from open to paid, and refuses to open it again', async () => {
    const payment = newPayment();
    value(await provider.createNative(payment));
    expect(value(await provider.query(payment.outTradeNo))).toMatchObject({ state: 'notPaid' });
    const { outcome } = await paid(payment);
    expect(value(await provider.query(payment.outTradeNo))).toEqual({
      outTradeNo: payment.outTradeNo,
      state: 'paid',
      amountFen: 2500,
      transactionId: outcome.paid ? outcome.transactionId : '',
      paidAt: clock.now(),
    });
    expect(await provider.createNative(payment)).toEqual(failure('payment.alreadyPaid'));
    expect(await provider.close(payment.outTradeNo)).toEqual(failure('payment.alreadyPaid'));
  });

  it('opens a payment in the mini-program with arguments that WeChat accepts', async () => {
    const payment = newPayment();
    const { jsapi } = value(await provider.createJsapi({ ...payment, openid: 'o-demo' }));
    expect(simulator.pay({ jsapi: { ...jsapi, paySign: 'AAAA' } })).toMatchObject({ paid: false });
    expect(simulator.pay({ jsapi })).toMatchObject({ paid: true, outTradeNo: payment.outTradeNo });
  });

  it('opens a payment in a phone’s browser, whose page pays and leads back', async () => {
    const payment = newPayment();
    const { h5Url } = value(await provider.createH5({ ...payment, clientIp: '203.0.113.7' }));
    const back = 'https://school.example/h5/#/pages/paid';
    const page = `${h5Url}&redirect_url=${encodeURIComponent(back)}`;
    const referer = 'https://school.example/';
    expect(await (await fetch(page, { headers: { referer } })).text()).toContain('返回商户');
    const paid = await fetch(page, { method: 'POST', redirect: 'manual' });
    expect(paid.headers.get('location')).toBe(back);
    expect(value(await provider.query(payment.outTradeNo))).toMatchObject({ state: 'paid' });
  });

  it('answers "not paid" about a number nobody knows, and closing it is success', async () => {
    expect(value(await provider.query('nobodyknows1'))).toEqual({
      outTradeNo: 'nobodyknows1',
      state: 'notPaid',
    });
    expect((await provider.close('nobodyknows1')).ok).toBe(true);
  });

  it('closes a payment for good, twice without harm', async () => {
    const payment = newPayment();
    value(await provider.createNative(payment));
    expect((await provider.close(payment.outTradeNo)).ok).toBe(true);
    expect((await provider.close(payment.outTradeNo)).ok).toBe(true);
    expect(value(await provider.query(payment.outTradeNo))).toMatchObject({ state: 'closed' });
    expect(simulator.pay({ outTradeNo: payment.outTradeNo })).toMatchObject({ paid: false });
    expect(await provider.createNative(payment)).toEqual(failure('payment.expired'));
  });

  it('cannot be paid after it expired', async () => {
    const payment = newPayment();
    value(await provider.createNative(payment));
    clock.advance({ minutes: 11 });
    expect(simulator.pay({ outTradeNo: payment.outTradeNo })).toMatchObject({ paid: false });
  });

  it('is told of the payment by a notification that it can open', async () => {
    const { payment, outcome } = await paid();
    const [notification] = inbox.received;
    if (!notification) throw new Error('no notification came');
    expect(value(await provider.parseNotification(notification))).toEqual({
      kind: 'paid',
      notificationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      outTradeNo: payment.outTradeNo,
      transactionId: outcome.paid ? outcome.transactionId : '',
      amountFen: 2500,
      paidAt: clock.now(),
    });
  });

  it('recognises a repeated notification by its number', async () => {
    simulator.settings.copies = 3;
    const { payment } = await paid();
    await simulator.repeatNotifications(payment.outTradeNo);
    const parsed = await Promise.all(inbox.received.map((raw) => provider.parseNotification(raw)));
    expect(parsed).toHaveLength(4);
    expect(new Set(parsed.map((result) => value(result).notificationId)).size).toBe(1);
  });

  it('gets a notification again until it answers with success', async () => {
    simulator.settings.retryPausesMs = [1, 1, 1];
    inbox.answer.status = 500;
    const { payment } = await paid();
    await vi.waitFor(() => expect(inbox.received.length).toBeGreaterThanOrEqual(4), 50_000);
    await simulator.settle();
    expect(inbox.received).toHaveLength(4);
    expect(simulator.deliveries.filter((d) => d.outTradeNo === payment.outTradeNo)).toHaveLength(4);
  });

  it('refuses a notification that was touched anywhere, is old, or comes from a stranger', async () => {
    await paid();
    const [raw] = inbox.received;
    if (!raw) throw new Error('no notification came');
    const { headers } = raw;
    const withHeader = (name: string, text: string | undefined) => ({
      ...raw,
      headers: { ...headers, [name]: text },
    });
    const body = Buffer.from(raw.rawBody);
    const touched: RawNotification[] = [
      { ...raw, rawBody: Buffer.concat([body, Buffer.from(' ')]) },
      { ...raw, rawBody: Buffer.from(body.toString().replace('2', '3')) },
      withHeader('wechatpay-nonce', `${headers['wechatpay-nonce']}0`),
      withHeader('wechatpay-timestamp', String(Number(headers['wechatpay-timestamp']) + 1)),
      withHeader('wechatpay-signature', undefined),
      withHeader('wechatpay-signature', `WECHATPAY/SIGNTEST/${headers['wechatpay-signature']}`),
      withHeader('wechatpay-serial', 'PUB_KEY_ID_0000000000000000000000000000000'),
      withHeader('wechatpay-serial', '0123456789ABCDEF'),
    ];
    for (const forged of touched) {
      expect(await provider.parseNotification(forged)).toEqual(failure('payment.signatureInvalid'));
    }
    expect((await provider.parseNotification(raw)).ok).toBe(true);
    clock.advance({ seconds: 301 });
    expect(await provider.parseNotification(raw)).toEqual(failure('payment.signatureInvalid'));
  });

  it('gives money back and is told so', async () => {
    const { payment } = await paid();
    const refund = {
      outTradeNo: payment.outTradeNo,
      outRefundNo: `R${payment.outTradeNo}`,
      refundFen: 2500,
      totalFen: 2500,
      reason: '重复支付',
      notifyUrl: inbox.url,
    };
    inbox.received.length = 0;
    expect(value(await provider.refund(refund))).toMatchObject({ refundFen: 2500 });
    await vi.waitFor(() => expect(inbox.received).not.toHaveLength(0), 50_000);
    const [raw] = inbox.received;
    if (!raw) throw new Error('no notification came');
    expect(value(await provider.parseNotification(raw))).toMatchObject({
      ...{ kind: 'refund', state: 'succeeded' },
      outRefundNo: refund.outRefundNo,
      amountFen: 2500,
    });
    expect(value(await provider.queryRefund(refund.outRefundNo)).state).toBe('succeeded');
    expect(value(await provider.query(payment.outTradeNo)).state).toBe('refunded');
    expect((await provider.refund(refund)).ok).toBe(true);
  });

  it('sends a refund that did not arrive to a card, which only WeChat Pay can read', async () => {
    const { payment } = await paid();
    const { outTradeNo } = payment;
    const outRefundNo = `R${outTradeNo}`;
    const refund = { outTradeNo, outRefundNo, refundFen: 2500, totalFen: 2500 };
    simulator.settings.refundsEnd = 'ABNORMAL';
    value(await provider.refund({ ...refund, notifyUrl: inbox.url }));
    await vi.waitFor(async () => {
      const { state } = value(await provider.queryRefund(outRefundNo));
      expect(state).toBe('abnormal');
    });
    await simulator.settle();
    const raw = inbox.received.at(-1);
    expect(raw && value(await provider.parseNotification(raw))).toMatchObject({
      ...{ kind: 'refund', state: 'abnormal', outRefundNo, outTradeNo },
    });
    const known = value(await provider.queryRefund(outRefundNo));
    const card = { bankType: 'CMB_DEBIT', bankAccount: '6225880000000001', realName: '张示例' };
    const wrong = { ...card, bankAccount: '1' };
    expect(await provider.refundToCard(known, wrong)).toMatchObject({
      error: { code: 'payment.refundRefused', details: { reason: '收款银行卡号格式不正确' } },
    });
    expect(value(await provider.refundToCard(known, card))).toMatchObject({ state: 'processing' });
    expect(simulator.cardOf(outRefundNo)).toEqual(card);
    await simulator.settle();
    expect(value(await provider.queryRefund(outRefundNo)).state).toBe('succeeded');
    expect((await provider.refundToCard(known, card)).ok).toBe(false);
  });

  it('cannot give back more than was paid, or what was not paid', async () => {
    const { payment } = await paid();
    const refund = { outTradeNo: payment.outTradeNo, outRefundNo: 'R1', totalFen: 2500 };
    const more = await provider.refund({ ...refund, refundFen: 2501 });
    expect(more).toEqual(failure('payment.amountMismatch'));
    const other = await provider.refund({ ...refund, totalFen: 9999, refundFen: 9999 });
    expect(other).toEqual(failure('payment.refundRefused'));
    const open = newPayment();
    value(await provider.createNative(open));
    const early = { ...refund, outTradeNo: open.outTradeNo, outRefundNo: 'R2', refundFen: 2500 };
    expect(await provider.refund(early)).toEqual(failure('payment.refundRefused'));
    expect(await provider.queryRefund('R404')).toEqual(failure('request.notFound'));
  });

  it('believes no answer whose signature does not fit', async () => {
    simulator.settings.spoilAnswers = true;
    const payment = newPayment();
    expect(await provider.createNative(payment)).toEqual(failure('payment.providerUnavailable'));
    expect(troubles.at(-1)?.why).toBe('unsigned');
  });

  it('finds a new platform certificate by itself', async () => {
    await paid();
    await simulator.rotateCertificate();
    clock.advance({ minutes: 2 });
    await paid();
    const raw = inbox.received.at(-1);
    if (!raw) throw new Error('no notification came');
    expect((await provider.parseNotification(raw)).ok).toBe(true);
  });

  it('is told by the unsigned refusal when its own key is wrong', async () => {
    const wrong = createWechatPayProvider({
      ...trust({ ...simulator.credentials }),
      merchantSerial: '00FF',
      baseUrl: simulator.url,
      now: clock.now,
      report: (trouble) => troubles.push(trouble),
    });
    expect(await wrong.createNative(newPayment())).toEqual(failure('payment.providerUnavailable'));
    expect(troubles.map(({ why }) => why)).toContain('unsigned SIGN_ERROR');
  });

  it('does not take notifications meant for another merchant', async () => {
    const other = createWechatPayProvider({
      ...trust({ ...simulator.credentials }),
      mchId: '1999999999',
      publicKeys: simulator.credentials.publicKeys,
      baseUrl: simulator.url,
      now: clock.now,
    });
    await paid();
    const raw = inbox.received[0];
    if (!raw) throw new Error('no notification came');
    const result = await other.parseNotification(raw);
    expect(result.ok).toBe(false);
  });
});
