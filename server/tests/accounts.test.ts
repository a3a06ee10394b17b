import { randomInt, randomUUID } from 'node:crypto';
import QRCode from 'qrcode';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { School } from '../src/ports/schools/school-repository.ts';
import { describeOnServersDatabase } from './support/databases.ts';
import { makeJpeg } from './support/pictures.ts';
import {
  enterGraduate,
  giveConsents,
  startTestServer,
  type TestServer,
  unwrap,
} from './support/test-server.ts';

const MINUTE = 60_000;
const newPhone = () => `138${String(randomInt(1e8)).padStart(8, '0')}`;

describeOnServersDatabase('accounts', (db) => {
  let server: TestServer;
  let school: School;
  beforeAll(async () => {
    server = await startTestServer(db());
    school = await server.addSchool();
  });
  afterAll(() => server?.close());

  const codeSentTo = (phone: string) =>
    server.messages.findLast((message) => message.phone === phone)?.code ?? '';

  async function loginByPhone(phone = newPhone()) {
    unwrap(await server.client().call('requestSmsCode', { body: { phone } }));
    const code = codeSentTo(phone);
    const session = unwrap(await server.client().call('loginSms', { body: { phone, code } }));
    return { session, client: server.client(`Bearer ${session.accountToken}`), phone, code };
  }

  const enter = async (
    client: TestServer['client'] extends () => infer C ? C : never,
    { payload, holder }: ReturnType<TestServer['addCode']> = server.addCode(school),
  ) => {
    const { ticket } = unwrap(await client.call('resolveCode', { body: { payload } }));
    const lastFour = holder.idNumber.slice(-4);
    return unwrap(await client.call('verifyLastFour', { body: { ticket, lastFour } }));
  };

  test('a WeChat login opens the account once and finds it again', async () => {
    const login = async () =>
      unwrap(await server.client().call('loginWechat', { body: { code: 'code-a' } }));
    const first = await login();
    const second = await login();
    expect(first.account).toEqual({
      accountId: first.account.accountId,
      kind: 'wechat',
      students: [],
    });
    expect(second.account.accountId).toBe(first.account.accountId);
    expect(second.accountToken).not.toBe(first.accountToken);
    const rows = await db().selectFrom('accounts').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain('openid-of');
  });

  test('the last four characters link a student; the account then acts for that student', async () => {
    const { client } = await loginByPhone();
    expect(unwrap(await client.call('listOrders')).orders).toEqual([]);
    const verified = await enter(client);
    const me = unwrap(await client.call('getAccount'));
    expect(me.students).toMatchObject([{ maskedName: '张*例', school: school.name }]);
    expect(me.maskedPhone).toMatch(/^138\*{4}\d{4}$/);
    const params = { orderId: verified.orders[0]!.orderId };
    expect(unwrap(await client.call('getOrder', { params })).state).toBe('pendingPayment');
    const stranger = (await loginByPhone()).client;
    expect(await stranger.call('getOrder', { params })).toMatchObject({
      error: { code: 'order.notFound' },
    });
    const other = await enter(client);
    expect(
      unwrap(await client.call('listOrders'))
        .orders.map((x) => x.orderId)
        .sort(),
    ).toEqual([verified, other].map((x) => x.orders[0]!.orderId).sort());
  });

  test('a ticket belongs to the account that opened it', async () => {
    const [one, two] = [(await loginByPhone()).client, (await loginByPhone()).client];
    const { payload, holder } = server.addCode(school);
    const { ticket } = unwrap(await one.call('resolveCode', { body: { payload } }));
    const body = { ticket, lastFour: holder.idNumber.slice(-4) };
    const expired = { error: { code: 'eligibility.ticketExpired' } };
    expect(await two.call('verifyLastFour', { body })).toMatchObject(expired);
    expect(await server.client().call('verifyLastFour', { body })).toMatchObject(expired);
    expect((await one.call('verifyLastFour', { body })).ok).toBe(true);
  });

  test('a login code serves once, for five minutes, for five tries', async () => {
    const { phone, code } = await loginByPhone();
    const login = (with_: string) =>
      server.client().call('loginSms', { body: { phone, code: with_ } });
    const expired = { error: { code: 'auth.smsCodeExpired' } };
    expect(await login(code)).toMatchObject(expired);
    const request = () => server.client().call('requestSmsCode', { body: { phone } });
    const early = await request();
    expect(early).toMatchObject({ error: { code: 'request.tooMany' } });
    server.advance(MINUTE);
    unwrap(await request());
    const next = codeSentTo(phone);
    const wrong = next === '000000' ? '000001' : '000000';
    for (const remaining of [4, 3, 2, 1])
      expect(await login(wrong)).toMatchObject({
        error: { code: 'auth.smsCodeWrong', details: { remaining } },
      });
    expect(await login(wrong)).toMatchObject(expired);
    expect(await login(next)).toMatchObject(expired);
    server.advance(MINUTE);
    unwrap(await request());
    const late = codeSentTo(phone);
    server.advance(5 * MINUTE);
    expect(await login(late)).toMatchObject(expired);
  });

  test('a number that is new is held like one that a code was sent to', async () => {
    const { storage, clock } = server.environment;
    const phoneHash = randomUUID();
    const at = clock();
    const code = { phoneHash, codeHash: 'c', sentAt: at, expiresAt: at, dayBegan: at };
    const begun = newGate();
    const going = newGate();
    const first = storage.transaction(async ({ accounts }) => {
      await accounts.lockSmsCode(phoneHash);
      begun.open();
      await going.opened;
      await accounts.saveSmsCode({ ...code, wrongCount: 0, dayCount: 1 });
    });
    await begun.opened;
    const second = storage.transaction(({ accounts }) => accounts.lockSmsCode(phoneHash));
    // Time to look past the first one, had it not to wait.
    await new Promise((done) => setTimeout(done, 300));
    going.open();
    await first;
    expect(await second).toMatchObject({ dayCount: 1 });
  });

  test('a number gets ten messages a day', async () => {
    const phone = newPhone();
    const request = () => server.client().call('requestSmsCode', { body: { phone } });
    for (let i = 0; i < 10; i += 1) {
      unwrap(await request());
      server.advance(MINUTE);
    }
    const refused = await request();
    expect(refused).toMatchObject({ error: { code: 'request.tooMany' } });
    if (!refused.ok) expect(refused.error.details?.seconds).toBeGreaterThan(80_000);
  });

  test('logging out ends the login, and may be repeated', async () => {
    const { client } = await loginByPhone();
    expect((await client.call('logout')).ok).toBe(true);
    expect(await client.call('getAccount')).toMatchObject({ error: { code: 'auth.required' } });
    expect((await client.call('logout')).ok).toBe(true);
  });

  test('settings come without a login', async () => {
    const settings = unwrap(await server.client().call('getClientSettings'));
    expect(settings).toMatchObject({ sample: true, wechatTemplateIds: ['template-1'] });
  });

  describe('handover', () => {
    test('an order begun at home goes on at the station, once', async () => {
      const graduate = await enterGraduate(server, school);
      const own = server.client(graduate.authorization);
      const params = { orderId: graduate.orderId };
      const { qrText } = unwrap(await own.call('createHandover', { params }));
      const station = server.client((await server.addStation(school)).authorization);
      const resolved = unwrap(await station.call('resolveCode', { body: { payload: qrText } }));
      const lastFour = graduate.holder.idNumber.slice(-4);
      const verified = unwrap(
        await station.call('verifyLastFour', { body: { ticket: resolved.ticket, lastFour } }),
      );
      expect(verified.orders[0]?.orderId).toBe(graduate.orderId);
      const expired = { error: { code: 'handover.expired' } };
      const again = await station.call('resolveCode', { body: { payload: qrText } });
      expect(again).toMatchObject(expired);
      const late = unwrap(await own.call('createHandover', { params })).qrText;
      server.advance(6 * MINUTE);
      expect(await station.call('resolveCode', { body: { payload: late } })).toMatchObject(expired);
    });

    test('another school’s station does not take it', async () => {
      const graduate = await enterGraduate(server, school);
      const params = { orderId: graduate.orderId };
      const own = server.client(graduate.authorization);
      const { qrText } = unwrap(await own.call('createHandover', { params }));
      const elsewhere = await server.addStation(await server.addSchool());
      const station = server.client(elsewhere.authorization);
      expect(await station.call('resolveCode', { body: { payload: qrText } })).toMatchObject({
        error: { code: 'eligibility.otherSchool' },
      });
    });
  });

  describe('pictures of codes', () => {
    test('are read, and told apart from pictures without one', async () => {
      const { client } = await loginByPhone();
      const bytes = await QRCode.toBuffer('opaque text of a code', { scale: 6 });
      expect(unwrap(await client.sendBytes('readCodePicture', { bytes }))).toEqual({
        codes: [{ payload: 'opaque text of a code' }],
        payload: 'opaque text of a code',
      });
      const empty = await makeJpeg({ width: 400, height: 400 });
      expect(await client.sendBytes('readCodePicture', { bytes: empty })).toMatchObject({
        error: { code: 'code.unreadable' },
      });
      const text = Buffer.from('no picture at all');
      expect(await client.sendBytes('readCodePicture', { bytes: text })).toMatchObject({
        error: { code: 'photo.notAnImage' },
      });
      const huge = Buffer.alloc(13 * 1024 * 1024);
      expect(await client.sendBytes('readCodePicture', { bytes: huge })).toMatchObject({
        error: { code: 'request.tooLarge' },
      });
    });
  });

  describe('a picture with several codes', () => {
    const sealed = (number: number) => `sealed-enrolment-${number}`.padEnd(60, 'x');
    /** So many on one sheet, side by side. */
    async function sheetOf(codes: readonly string[]): Promise<Buffer> {
      const SIDE = 240;
      const columns = Math.ceil(Math.sqrt(codes.length));
      const tiles = await Promise.all(
        codes.map(async (code, at) => ({
          input: await sharp(await QRCode.toBuffer(code, { scale: 4 }))
            .resize(SIDE, SIDE, { kernel: 'nearest' })
            .toBuffer(),
          left: (at % columns) * SIDE,
          top: Math.floor(at / columns) * SIDE,
        })),
      );
      const side = columns * SIDE;
      return sharp({ create: { width: side, height: side, channels: 3, background: '#fff' } })
        .composite(tiles)
        .png()
        .toBuffer();
    }

    test('is answered with those that may be a 采集码, and with four at the most', async () => {
      const { client } = await loginByPhone();
      const read = async (codes: readonly string[]) =>
        unwrap(await client.sendBytes('readCodePicture', { bytes: await sheetOf(codes) })).codes;
      const longer = `${sealed(2)}-and-more`;
      expect(await read(['https://u.wechat.com/EAbCdEfGhIj', sealed(1), 'A0123', longer])).toEqual([
        { payload: longer },
        { payload: sealed(1) },
      ]);
      expect(await read(['https://example.com/follow', 'A0123'])).toEqual([
        { payload: 'https://example.com/follow' },
      ]);
      expect(await read(Array.from({ length: 16 }, (_, at) => sealed(at)))).toHaveLength(4);
    });

    test('bytes that are no UTF-8 are answered and looked up as bytes, text always as text', async () => {
      const { client } = await loginByPhone();
      const gbk = Buffer.from([0xb2, 0xc9, 0xbc, 0xaf, 0xc2, 0xeb]);
      const segments = [{ data: new Uint8ClampedArray(gbk), mode: 'byte' as const }];
      const bytes = await QRCode.toBuffer(segments, { scale: 6 });
      const code = { payloadBase64: gbk.toString('base64') };
      expect(unwrap(await client.sendBytes('readCodePicture', { bytes }))).toEqual({
        codes: [code],
      });
      expect(await client.call('resolveCode', { body: code })).toMatchObject({
        error: { code: 'code.unknown' },
      });
      const { payload } = server.addCode(school);
      const asBytes = { payloadBase64: Buffer.from(payload).toString('base64') };
      expect(await client.call('resolveCode', { body: asBytes })).toMatchObject({ ok: true });
      expect(
        await client.call('resolveCode', { body: { payload, ...code } as never }),
      ).toMatchObject({ error: { code: 'request.invalid' } });
    });
  });

  test('a WeChat account pays inside the mini-program, a phone in its browser', async () => {
    const { accountToken } = unwrap(
      await server.client().call('loginWechat', { body: { code: randomUUID() } }),
    );
    const wechat = server.client(`Bearer ${accountToken}`);
    const params = { orderId: (await enter(wechat)).orders[0]!.orderId };
    await giveConsents(wechat, params.orderId);
    const pay = (method: 'jsapi' | 'h5' | 'native') =>
      wechat.call('createPayment', { params, body: { method, idempotencyKey: randomUUID() } });
    const jsapi = unwrap(await pay('jsapi'));
    expect(jsapi.jsapi?.package).toMatch(/^prepay_id=/);
    // Another method closes the first payment: it can no longer be paid twice.
    const h5 = unwrap(await pay('h5'));
    expect(h5.h5Url).toMatch(/^http/);
    expect(server.pay.pay({ jsapi: jsapi.jsapi! }).paid).toBe(false);
    await fetch(h5.h5Url!, { method: 'POST' });
    await server.pay.settle();
    expect(unwrap(await wechat.call('getOrder', { params })).state).toBe('pendingCapture');
  });

  test('a parent’s phone pays too: WeChat takes a payment from the account alone that opened it', async () => {
    const phone = async () => {
      const body = { code: randomUUID() };
      const { accountToken } = unwrap(await server.client().call('loginWechat', { body }));
      return server.client(`Bearer ${accountToken}`);
    };
    const own = await phone();
    const parents = await phone();
    const code = server.addCode(school);
    const params = { orderId: (await enter(own, code)).orders[0]!.orderId };
    await enter(parents, code);
    await giveConsents(own, params.orderId);
    const pay = async (client: typeof own) =>
      unwrap(
        await client.call('createPayment', {
          params,
          body: { method: 'jsapi', idempotencyKey: randomUUID() },
        }),
      );
    const first = await pay(own);
    expect((await pay(own)).paymentId).toBe(first.paymentId);
    const second = await pay(parents);
    expect(second.paymentId).not.toBe(first.paymentId);
    expect(server.pay.pay({ jsapi: first.jsapi! }).paid).toBe(false);
    expect(server.pay.pay({ jsapi: second.jsapi! }).paid).toBe(true);
    await server.pay.settle();
    expect(unwrap(await own.call('getOrder', { params })).state).toBe('pendingCapture');
  });
});

describeOnServersDatabase('a login code', (db) => {
  test('goes to the phone and nowhere else, in sample mode as well', async () => {
    const server = await startTestServer(db(), { sample: true });
    const phone = newPhone();
    const answer = unwrap(await server.client().call('requestSmsCode', { body: { phone } }));
    const [message] = server.messages;
    expect(JSON.stringify(answer)).not.toContain(message?.code);
    expect(message).toMatchObject({ phone, validMinutes: 5 });
    const body = { phone, code: message?.code ?? '' };
    expect((await server.client().call('loginSms', { body })).ok).toBe(true);
    const text = server.log.join('');
    expect(text).not.toContain(phone);
    expect(text).not.toContain(body.code);
    await server.close();
  });
});

/** Whoever waits for it goes on once it is open. */
function newGate() {
  let open = (): void => undefined;
  const opened = new Promise<void>((done) => {
    open = done;
  });
  return { opened, open: () => open() };
}
