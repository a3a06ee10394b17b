import { createSign, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Simulators, startSimulators } from '../start-simulators.ts';

let simulators: Simulators;
beforeAll(async () => {
  simulators = await startSimulators();
});
afterAll(() => simulators.close());

/** A merchant's signed call, written by hand. */
async function callSigned(method: 'GET' | 'POST', path: string, body?: object) {
  const { url, credentials } = simulators.wechatPay;
  const text = body ? JSON.stringify(body) : '';
  const timestamp = String(Math.floor(Date.now() / 1000));
  const nonce = randomBytes(8).toString('hex');
  const signature = createSign('RSA-SHA256')
    .update(`${method}\n${path}\n${timestamp}\n${nonce}\n${text}\n`)
    .sign(credentials.merchantPrivateKey, 'base64');
  const fields = `mchid="${credentials.mchId}",nonce_str="${nonce}",signature="${signature}",timestamp="${timestamp}",serial_no="${credentials.merchantSerial}"`;
  return fetch(url + path, {
    method,
    headers: {
      authorization: `WECHATPAY2-SHA256-RSA2048 ${fields}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: text } : {}),
  });
}

async function openOrder(outTradeNo: string): Promise<string> {
  const { mchId, appId } = simulators.wechatPay.credentials;
  const answer = await callSigned('POST', '/v3/pay/transactions/native', {
    appid: appId,
    mchid: mchId,
    description: '采集 <b>服务</b>',
    out_trade_no: outTradeNo,
    notify_url: 'http://127.0.0.1:9/notify',
    amount: { total: 1990, currency: 'CNY' },
  });
  return ((await answer.json()) as { code_url: string }).code_url;
}

const control = (path: string, body: object, method = 'POST') =>
  fetch(simulators.wechatPay.url + path, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

describe('WeChat Pay simulator', () => {
  it('answers nobody without a merchant’s signature', async () => {
    const answer = await fetch(`${simulators.wechatPay.url}/v3/certificates`);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ code: 'SIGN_ERROR' });
  });

  it('signs its answers and lists its certificate encrypted', async () => {
    const answer = await callSigned('GET', '/v3/certificates');
    expect(answer.headers.get('wechatpay-signature')).toBeTruthy();
    const { data } = (await answer.json()) as {
      data: { serial_no: string; encrypt_certificate: { algorithm: string } }[];
    };
    expect(data[0]?.serial_no).toBe(answer.headers.get('wechatpay-serial'));
    expect(data[0]?.encrypt_certificate.algorithm).toBe('AEAD_AES_256_GCM');
  });

  it('checks what a merchant sends', async () => {
    const answer = await callSigned('POST', '/v3/pay/transactions/native', { appid: 'x' });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'PARAM_ERROR' });
  });

  it('lets a person pay on the 演示 page', async () => {
    const codeUrl = await openOrder('PAGE000001');
    const page = simulators.wechatPay.payPageOf(codeUrl);
    const shown = await fetch(page).then((response) => response.text());
    expect(shown).toContain('演示');
    expect(shown).toContain('¥ 19.90');
    expect(shown).toContain('采集 &lt;b&gt;服务&lt;/b&gt;');
    const form = {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    };
    expect(await fetch(page, form).then((response) => response.text())).toContain('已支付');
    expect(await fetch(page, form).then((response) => response.text())).toContain('该订单已支付');
    const list = await fetch(simulators.wechatPay.url).then((response) => response.text());
    expect(list).toContain('PAGE000001');
  });

  it('lets a test pay by HTTP, by our number or by the scanned text', async () => {
    const codeUrl = await openOrder('CONTROL001');
    const paid = await control('/sim/pay', { codeUrl });
    expect(await paid.json()).toMatchObject({ paid: true, outTradeNo: 'CONTROL001' });
    expect((await control('/sim/pay', { outTradeNo: 'CONTROL001' })).status).toBe(409);
    expect((await control('/sim/pay', { outTradeNo: 'NOBODY' })).status).toBe(409);
    expect((await control('/sim/pay', {})).status).toBe(400);
  });

  it('holds notifications back when told to, and repeats them on demand', async () => {
    await control('/sim/settings', { notifications: 'hold' }, 'PUT');
    await openOrder('HOLD000001');
    await control('/sim/pay', { outTradeNo: 'HOLD000001' });
    await simulators.wechatPay.settle();
    const sent = () =>
      simulators.wechatPay.deliveries.filter(({ outTradeNo }) => outTradeNo === 'HOLD000001');
    expect(sent()).toEqual([]);
    await control('/sim/notify-again', { outTradeNo: 'HOLD000001' });
    expect(sent()).toHaveLength(1);
    await control('/sim/settings', { notifications: 'send' }, 'PUT');
  });

  it('refuses a payer who comes from nowhere, in the real service’s words', async () => {
    const { mchId, appId } = simulators.wechatPay.credentials;
    const answer = await callSigned('POST', '/v3/pay/transactions/h5', {
      ...{ appid: appId, mchid: mchId, description: '采集', out_trade_no: 'H5PAGE0001' },
      notify_url: 'http://127.0.0.1:9/notify',
      amount: { total: 1990, currency: 'CNY' },
      scene_info: { payer_client_ip: '192.0.2.1', h5_info: { type: 'Wap' } },
    });
    const { h5_url: page } = (await answer.json()) as { h5_url: string };
    const open = (headers: Record<string, string>) =>
      fetch(page, { headers }).then((response) => response.text());
    expect(await open({})).toContain('商家参数格式有误，请联系商家解决');
    expect(await open({ referer: 'https://school.example/' })).toContain('¥ 19.90');
  });
});
