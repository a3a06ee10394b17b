import { randomUUID } from 'node:crypto';
import {
  type FlakyProxy,
  startFlakyProxy,
  startWechatPaySimulator,
  type WechatPaySimulator,
} from '@gradshot/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PaymentProvider } from '../../ports/payments/payment-provider.ts';
import { createWechatPayProvider } from './wechat-pay-provider.ts';

describe('WeChat Pay on a bad network', () => {
  let simulator: WechatPaySimulator;
  let line: FlakyProxy;
  let provider: PaymentProvider;

  beforeAll(async () => {
    simulator = await startWechatPaySimulator();
    line = await startFlakyProxy(simulator.url);
    provider = createWechatPayProvider({
      ...simulator.credentials,
      baseUrl: line.url,
      timeoutMs: 400,
    });
  });
  afterAll(async () => {
    await line.close();
    await simulator.close();
  });
  beforeEach(() => line.heal());

  const payment = () => ({
    outTradeNo: randomUUID().replaceAll('-', ''),
    description: '毕业证照图像采集',
    amountFen: 2500,
    expiresAt: new Date(Date.now() + 600_000),
    notifyUrl: 'http://127.0.0.1:9/notify',
  });
  const unavailable = { ok: false, error: { code: 'payment.providerUnavailable' } };

  it.each([
    ['down', { offline: true }],
    ['slow', { latencyMs: 2000 }],
    ['behind a login page', { captivePortal: true }],
    ['cutting every answer', { cutAnswerAfterBytes: 10 }],
  ] as const)('says so when it is %s, for every operation', async (_name, faults) => {
    Object.assign(line.faults, faults);
    const asked = payment();
    expect(await provider.createNative(asked)).toEqual(unavailable);
    expect(await provider.createJsapi({ ...asked, openid: 'o' })).toEqual(unavailable);
    expect(await provider.query(asked.outTradeNo)).toEqual(unavailable);
    expect(await provider.queryRefund('R1')).toEqual(unavailable);
  });

  it('opens one payment only when the first answer was lost', async () => {
    line.faults.loseNextAnswers = 1;
    const asked = payment();
    const opened = await provider.createNative(asked);
    expect(opened.ok).toBe(true);
    const again = await provider.createNative(asked);
    expect(again).toEqual(opened);
  });

  it('goes on over the backup address', async () => {
    const spare = createWechatPayProvider({
      ...simulator.credentials,
      baseUrl: 'http://127.0.0.1:9',
      backupUrl: simulator.url,
    });
    expect((await spare.createNative(payment())).ok).toBe(true);
  });

  it('asks for a notification again when the certificate cannot be fetched', async () => {
    const { publicKeys: _, ...credentials } = simulator.credentials;
    const cold = createWechatPayProvider({ ...credentials, baseUrl: line.url, timeoutMs: 400 });
    line.faults.offline = true;
    const raw = {
      headers: {
        'wechatpay-timestamp': String(Math.floor(Date.now() / 1000)),
        'wechatpay-nonce': 'N',
        'wechatpay-signature': 'AAAA',
        'wechatpay-serial': 'ABCDEF',
      },
      rawBody: Buffer.from('{}'),
    };
    expect(await cold.parseNotification(raw)).toEqual(unavailable);
  });
});

describe('a wrong configuration', () => {
  const good = {
    mchId: '1900000000',
    appId: 'wx1',
    merchantSerial: 'AB',
    merchantPrivateKey: 'no key',
    apiV3Key: 'x'.repeat(32),
  };
  it.each([
    ['a short APIv3 key', { apiV3Key: 'short' }],
    ['an unreadable private key', {}],
    ['nothing to check signatures with', { useCertificates: false }],
  ])('stops the start: %s', (_name, wrong) => {
    expect(() => createWechatPayProvider({ ...good, ...wrong })).toThrow();
  });
});
