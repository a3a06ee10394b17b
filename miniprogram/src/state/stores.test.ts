import { errorSentence } from '@gradshot/domain';
import { expect, test } from 'vitest';
import { CUT, type PlatformDouble, platformDouble, refuse } from '../../tests/platform-double.ts';
import { createClient } from './client.ts';

const ORDER = '00000000-0000-4000-8000-000000000001';
const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3]);
const clock = { wait: async () => undefined, now: () => '2026-11-23T02:00:00.000Z' };
const clientOn = (platform: PlatformDouble) => createClient(platform, clock);

const order = (state: string) => ({ orderId: ORDER, state, updatedAt: '2026-11-23T02:00:00.000Z' });

test('立即进入 logs in by the WeChat code and keeps the token', async () => {
  const phone = platformDouble({
    'POST /v1/accounts/wechat': { accountToken: 'token', account: { students: [] } },
  });
  const { session } = clientOn(phone);
  expect(await session.getState().enter()).toBe('home');
  expect(phone.values.get('account-token')).toBe('token');
});

test('a server that cannot be reached is told, and the kept session stays', async () => {
  const phone = platformDouble({ 'GET /v1/accounts/me': CUT });
  phone.values.set('account-token', 'token');
  const { session } = clientOn(phone);
  expect(await session.getState().enter()).toBe('failed');
  expect(session.getState().failure?.code).toBe('network.unreachable');
  expect(phone.values.get('account-token')).toBe('token');
});

test('in a browser an ended session leads to the login by phone', async () => {
  const phone = {
    ...platformDouble({ 'GET /v1/accounts/me': refuse('auth.required') }),
    login: { kind: 'phone' as const, wechatCode: async () => ({ ok: true as const, value: '' }) },
  };
  phone.values.set('account-token', 'old');
  expect(await clientOn(phone).session.getState().enter()).toBe('login');
});

test('核验 refuses what cannot be four characters before anything is sent', async () => {
  const phone = platformDouble();
  const { eligibility } = clientOn(phone);
  expect(await eligibility.getState().verify('12')).toBe(false);
  expect(eligibility.getState().failure?.code).toBe('request.invalid');
  expect(phone.sent).toEqual([]);
});

test('brackets and small letters of the last four are put right', async () => {
  const phone = platformDouble({
    'POST /v1/eligibility/resolve': { ticket: 't', student: {} },
    'POST /v1/eligibility/verify': { orders: [] },
  });
  const { eligibility } = clientOn(phone);
  await eligibility.getState().resolve({ ok: true, value: { codes: [{ payload: 'code' }] } });
  expect(await eligibility.getState().verify(' 12(3)x')).toBe(true);
  expect(JSON.parse(String(phone.sent.at(-1)?.body))).toEqual({ ticket: 't', lastFour: '123X' });
});

test('of several codes each is looked up, one after the other, until one is known', async () => {
  const codes = ['a', 'b', 'c'].map((name) => ({ payload: `sealed-enrolment-${name}` }));
  const phone = platformDouble({
    'POST /v1/eligibility/resolve': refuse('code.unknown'),
  });
  const { eligibility } = clientOn(phone);
  expect(await eligibility.getState().resolve({ ok: true, value: { codes } })).toBe(false);
  expect(eligibility.getState().failure?.code).toBe('code.unknown');
  expect(phone.sent.map(({ body }) => JSON.parse(String(body)))).toEqual(codes);
});

test('closing the scanner is no failure', async () => {
  const { eligibility } = clientOn(platformDouble());
  expect(await eligibility.getState().resolve({ ok: true, value: null })).toBe(false);
  expect(eligibility.getState().failure).toBeUndefined();
});

test('consents go before the payment; a cancelled one keeps nothing open', async () => {
  const phone = {
    ...platformDouble({
      [`PUT /v1/orders/${ORDER}/consents`]: { recordedAt: '' },
      [`POST /v1/orders/${ORDER}/payments`]: { paymentId: 'p', state: 'pending' },
    }),
    pay: {
      method: 'jsapi' as const,
      possible: true,
      request: async () => ({
        ok: false as const,
        error: { code: 'phone.paymentCancelled' as const },
      }),
    },
  };
  const { payment } = clientOn(phone);
  await payment.getState().pay(ORDER, []);
  expect(phone.sent.map(({ path }) => path.split('/').at(-1))).toEqual(['consents', 'payments']);
  expect(payment.getState()).toMatchObject({
    phase: 'idle',
    failure: { code: 'phone.paymentCancelled' },
  });
  expect(phone.values.size).toBe(0);
});

test('an order that is paid already goes on instead of paying twice', async () => {
  const phone = platformDouble({
    [`PUT /v1/orders/${ORDER}/consents`]: { recordedAt: '' },
    [`POST /v1/orders/${ORDER}/payments`]: refuse('payment.alreadyPaid'),
  });
  const { payment } = clientOn(phone);
  await payment.getState().pay(ORDER, []);
  expect(payment.getState().phase).toBe('paid');
});

test('a payment without an outcome may be asked for again and is never paid twice', async () => {
  const phone = platformDouble({
    [`PUT /v1/orders/${ORDER}/consents`]: { recordedAt: '' },
    [`POST /v1/orders/${ORDER}/payments`]: { paymentId: 'p', state: 'pending' },
    'GET /v1/payments/p': { state: 'pending' },
  });
  const { payment } = clientOn(phone);
  await payment.getState().pay(ORDER, []);
  expect(payment.getState().phase).toBe('unconfirmed');
  phone.routes['GET /v1/payments/p'] = { state: 'paid' };
  await payment.getState().confirm(ORDER);
  expect(payment.getState().phase).toBe('paid');
  expect(phone.sent.filter(({ method }) => method === 'POST')).toHaveLength(1);
});

test('a shot is on the phone before it is shown, and there again after a restart', async () => {
  const phone = platformDouble();
  phone.files.set('tmp', JPEG);
  const first = clientOn(phone);
  const picture = { uri: 'tmp', size: JPEG.byteLength };
  expect(await first.shot.getState().take(ORDER, { ok: true, value: picture })).toBe(true);
  expect([...phone.kept.values()]).toEqual([JPEG]);
  const second = clientOn(phone);
  await second.shot.getState().restore(ORDER);
  expect(second.shot.getState()).toMatchObject({ phase: 'taken', shot: { type: 'image/jpeg' } });
  await second.shot.getState().drop(ORDER);
  expect(phone.kept.size).toBe(0);
});

test('a phone’s HEIC is taken as it is', async () => {
  const phone = platformDouble();
  const head = Buffer.from('\0\0\0\x18ftypheic', 'latin1');
  phone.files.set('tmp', Uint8Array.from(head));
  const { shot } = clientOn(phone);
  await shot.getState().take(ORDER, { ok: true, value: { uri: 'tmp', size: head.length } });
  expect(shot.getState()).toMatchObject({ phase: 'taken', shot: { type: 'image/heic' } });
});

test.each([
  [[0, 0, 0, 24, 0x66, 0x74, 0x79, 0x70, 0x69, 0x73, 0x6f, 0x6d], 'photo.notAnImage'],
  [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 'photo.notAnImage'],
])('a file that is no picture is refused at once: %s', async (head, code) => {
  const phone = platformDouble();
  phone.files.set('tmp', Uint8Array.from(head));
  const { shot } = clientOn(phone);
  await shot.getState().take(ORDER, { ok: true, value: { uri: 'tmp', size: head.length } });
  expect(shot.getState()).toMatchObject({ phase: 'none', failure: { code } });
});

test('a running standardisation is followed through network faults to its result', async () => {
  const photoId = 'photo';
  const path = `/v1/orders/${ORDER}/photos/${photoId}`;
  const job = { orderId: ORDER, photoId, progress: 0.5 };
  const answers: unknown[] = [{ ...job, state: 'running' }, CUT, CUT, { ...job, state: 'done' }];
  const phone = platformDouble({
    [`POST ${path}/standardization`]: { ...job, state: 'queued' },
    [`GET ${path}/standardization`]: () => answers.shift(),
  });
  const { standardization } = clientOn(phone);
  await standardization.getState().start(ORDER, photoId);
  expect(standardization.getState()).toMatchObject({
    job: { state: 'done' },
    failure: undefined,
  });
});

test('a page that is left stops asking', async () => {
  const path = `/v1/orders/${ORDER}/photos/photo/standardization`;
  const running = { orderId: ORDER, photoId: 'photo', state: 'running', progress: 0 };
  const phone = platformDouble({ [`POST ${path}`]: running });
  const client = clientOn(phone);
  let asked = 0;
  phone.routes[`GET ${path}`] = () => {
    asked += 1;
    client.standardization.getState().close();
    return running;
  };
  await client.standardization.getState().start(ORDER, 'photo');
  expect(asked).toBe(1);
});

test('orders are listed newest first, and stay when a refresh fails', async () => {
  const old = { ...order('rejected'), orderId: 'old', updatedAt: '2026-01-01T00:00:00.000Z' };
  const phone = platformDouble({ 'GET /v1/orders': { orders: [old, order('underReview')] } });
  const { orders } = clientOn(phone);
  await orders.getState().loadList();
  expect(orders.getState().list?.map(({ orderId }) => orderId)).toEqual([ORDER, 'old']);
  phone.routes['GET /v1/orders'] = CUT;
  await orders.getState().loadList();
  expect(orders.getState().list).toHaveLength(2);
  expect(orders.getState().failure?.code).toBe('network.unreachable');
});

test('a refusal of the album is taken back in the settings, then the picture is saved', async () => {
  let allowed = false;
  const double = platformDouble({
    [`GET /v1/orders/${ORDER}/downloads`]: {
      keepUntil: '2027-05-22T08:00:00.000Z',
      standard: { fileName: '标准照.jpg' },
      sheets: [],
    },
    [`GET /v1/orders/${ORDER}/downloads/standard`]: {},
  });
  const album = {
    ...double.album,
    save: async (...args: Parameters<typeof double.album.save>) =>
      allowed
        ? double.album.save(...args)
        : { ok: false as const, error: { code: 'phone.albumDenied' as const } },
    openSettings: async () => {
      allowed = true;
      return true;
    },
  };
  const { download } = clientOn({ ...double, album });
  await download.getState().open(ORDER);
  await download.getState().save();
  expect(errorSentence(download.getState().failure ?? { code: 'server.internal' })).toContain(
    '相册',
  );
  await download.getState().allowAndSave();
  expect(double.saved).toEqual(['标准照.jpg']);
  expect(download.getState().saved).toBe('standard');
});

test('a message that did not go out is sent again under its own id', async () => {
  const phone = platformDouble();
  const { chat } = clientOn(phone);
  await chat.getState().send('  您好 ');
  const [unsent] = chat.getState().outgoing;
  expect(unsent).toMatchObject({ text: '您好', failure: { code: 'request.notFound' } });
  const messageId = unsent?.messageId ?? '';
  phone.routes[`PUT /v1/chat/messages/${messageId}`] = { messageId, sequence: 1, text: '您好' };
  await chat.getState().retry(messageId);
  expect(chat.getState().outgoing).toEqual([]);
  expect(chat.getState().messages).toHaveLength(1);
});

test('leaving ends the session and forgets what was shown, but no shot that is not sent', async () => {
  const phone = platformDouble({ 'GET /v1/orders': { orders: [order('pendingCapture')] } });
  phone.values.set('account-token', 'token');
  phone.files.set('tmp', JPEG);
  const client = clientOn(phone);
  await client.orders.getState().loadList();
  await client.shot
    .getState()
    .take(ORDER, { ok: true, value: { uri: 'tmp', size: JPEG.byteLength } });
  await client.leave();
  expect(phone.values.has('account-token')).toBe(false);
  expect(client.orders.getState().list).toBeUndefined();
  expect(phone.kept.size).toBe(1);
});
