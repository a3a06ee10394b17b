import { expect, test } from 'vitest';
import { CUT, type PlatformDouble, platformDouble, refuse } from '../../tests/platform-double.ts';
import { createClient } from './client.ts';

/** What is answered late, twice or for somebody else must not show under what is shown by then. */

const ONE = '00000000-0000-4000-8000-000000000001';
const TWO = '00000000-0000-4000-8000-000000000002';
const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3]);
const clock = { wait: async () => undefined, now: () => '2026-11-23T02:00:00.000Z' };
const clientOn = (platform: PlatformDouble) => createClient(platform, clock);
const order = (state: string, orderId = ONE) => ({ orderId, state, updatedAt: '' });

/** Answers of the network that wait until the test lets them go. */
function holding(phone: PlatformDouble, ending: string) {
  const waiting: (() => void)[] = [];
  const send = phone.network.send;
  const network = {
    ...phone.network,
    send: async (request: Parameters<typeof send>[0]) => {
      const answer = await send(request);
      if (request.path.endsWith(ending)) await new Promise<void>((go) => waiting.push(go));
      return answer;
    },
  };
  return { held: { ...phone, network }, letGo: () => waiting.shift()?.() };
}

/** Until all that can go on has gone on. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

test('an order fetched before 提交 does not undo it on the screen', async () => {
  const phone = platformDouble({ [`GET /v1/orders/${ONE}`]: order('pendingSubmission') });
  const { held, letGo } = holding(phone, ONE);
  const { orders } = clientOn(held);
  const late = orders.getState().load(ONE);
  phone.routes[`POST /v1/orders/${ONE}/hand-in`] = order('verifyingIdentity');
  expect(await orders.getState().submit(ONE, 'p')).toBe(true);
  await settle();
  letGo();
  await late;
  expect(orders.getState().details[ONE]?.state).toBe('verifyingIdentity');
});

test('of two looks at an order the one that was begun later counts, whichever comes first', async () => {
  const phone = platformDouble({ [`GET /v1/orders/${ONE}`]: order('verifyingIdentity') });
  const { held, letGo } = holding(phone, ONE);
  const { orders } = clientOn(held);
  const first = orders.getState().load(ONE);
  await settle();
  // The first answer is on its way; the second one takes a faster road.
  held.network.send = phone.network.send;
  phone.routes[`GET /v1/orders/${ONE}`] = order('collected');
  await orders.getState().load(ONE);
  letGo();
  await first;
  expect(orders.getState().details[ONE]?.state).toBe('collected');
});

test('fetching neither occupies the buttons nor wipes away why a press was refused', async () => {
  const phone = platformDouble({
    [`POST /v1/orders/${ONE}/cancel`]: refuse('order.transitionForbidden'),
    [`GET /v1/orders/${ONE}`]: order('pendingCapture'),
  });
  const { orders } = clientOn(phone);
  const busy: boolean[] = [];
  expect(await orders.getState().cancel(ONE)).toBe(false);
  orders.subscribe((now) => busy.push(now.busy));
  await orders.getState().load(ONE);
  expect(busy).not.toContain(true);
  expect(orders.getState().refusal?.code).toBe('order.transitionForbidden');
  expect(orders.getState().details[ONE]?.state).toBe('pendingCapture');
});

test('a QR code for the station is never that of the order before', async () => {
  const phone = platformDouble({
    [`POST /v1/orders/${ONE}/handovers`]: { qrText: 'one' },
    [`POST /v1/orders/${TWO}/handovers`]: { qrText: 'two' },
  });
  const { held, letGo } = holding(phone, `${ONE}/handovers`);
  const { orders } = clientOn(held);
  const late = orders.getState().openHandover(ONE);
  await orders.getState().openHandover(TWO);
  await settle();
  letGo();
  await late;
  expect(orders.getState().handover).toEqual({ qrText: 'two' });
});

test('a payment that turns out paid says nothing about another order', async () => {
  const phone = platformDouble({
    [`GET /v1/orders/${ONE}/service`]: { priceFen: 1 },
    [`GET /v1/orders/${TWO}/service`]: { priceFen: 2 },
    'GET /v1/payments/p': { state: 'paid' },
  });
  phone.values.set(`payment:${ONE}`, 'p');
  const { held, letGo } = holding(phone, 'payments/p');
  const { payment } = clientOn(held);
  const late = payment.getState().open(ONE);
  await settle();
  await payment.getState().open(TWO);
  letGo();
  await late;
  expect(payment.getState()).toMatchObject({ phase: 'idle', service: { priceFen: 2 } });
});

test('a browser that left for WeChat and shows the page as it was does not wait for ever', async () => {
  const phone = {
    ...platformDouble({
      [`PUT /v1/orders/${ONE}/consents`]: {},
      [`POST /v1/orders/${ONE}/payments`]: { paymentId: 'p', state: 'pending' },
      'GET /v1/payments/p': { state: 'pending' },
    }),
    pay: {
      method: 'h5' as const,
      possible: true,
      request: async () => ({ ok: true, value: 'left' }) as const,
    },
  };
  const { payment } = clientOn(phone);
  await payment.getState().pay(ONE, []);
  expect(payment.getState().phase).toBe('unconfirmed');
  await payment.getState().pay(ONE, []);
  expect(phone.sent.filter(({ path }) => path.endsWith('payments'))).toHaveLength(2);
});

test('nobody is asked for money after the page was left', async () => {
  let asked = 0;
  const double = platformDouble({
    [`PUT /v1/orders/${ONE}/consents`]: {},
    [`POST /v1/orders/${ONE}/payments`]: { paymentId: 'p', state: 'pending' },
  });
  const phone = {
    ...double,
    pay: {
      ...double.pay,
      request: async () => {
        asked += 1;
        return { ok: true, value: 'finished' } as const;
      },
    },
  };
  const { held, letGo } = holding(phone, `${ONE}/payments`);
  const { payment } = clientOn(held);
  const late = payment.getState().pay(ONE, []);
  await settle();
  payment.getState().forget();
  letGo();
  await late;
  expect([asked, phone.values.size]).toEqual([0, 0]);
});

const downloads = (fileName: string) => ({ standard: { fileName }, sheets: [] });

test('a photo that comes after the page was left is let go, and shown under no other order', async () => {
  const phone = platformDouble({
    [`GET /v1/orders/${ONE}/downloads`]: downloads('one.jpg'),
    [`GET /v1/orders/${TWO}/downloads`]: downloads('two.jpg'),
    [`GET /v1/orders/${ONE}/downloads/standard`]: {},
    [`GET /v1/orders/${TWO}/downloads/standard`]: {},
  });
  const { download } = clientOn(phone);
  const late = download.getState().open(ONE);
  await settle();
  await download.getState().open(TWO);
  await late;
  expect(download.getState().pictures.standard?.uri).toContain(TWO);
  download.getState().close();
  expect(phone.released.map((uri) => (uri.includes(ONE) ? 'one' : 'two'))).toEqual(['one', 'two']);
});

test('a picture is fetched once, whoever asks for it how often', async () => {
  const phone = platformDouble({
    [`GET /v1/orders/${ONE}/downloads`]: downloads('one.jpg'),
    [`GET /v1/orders/${ONE}/downloads/standard`]: {},
  });
  const { download } = clientOn(phone);
  await download.getState().open(ONE);
  await Promise.all([download.getState().save(), download.getState().save()]);
  expect(phone.sent.filter(({ path }) => path.endsWith('standard'))).toHaveLength(1);
  expect(phone.saved).toEqual(['one.jpg']);
});

test('standardisation goes on where the network failed, once the person asks again', async () => {
  const path = `/v1/orders/${ONE}/photos/photo/standardization`;
  const job = { orderId: ONE, photoId: 'photo', progress: 0.5 };
  const phone = platformDouble({
    [`POST ${path}`]: { ...job, state: 'running' },
    [`GET ${path}`]: CUT,
  });
  const { standardization } = clientOn(phone);
  await standardization.getState().start(ONE, 'photo');
  expect(standardization.getState()).toMatchObject({
    job: { state: 'running' },
    failure: { code: 'network.unreachable' },
  });
  phone.routes[`GET ${path}`] = { ...job, state: 'done', standard: {} };
  phone.routes[`GET /v1/orders/${ONE}/photos/photo/standard`] = {};
  await standardization.getState().open(ONE, 'photo');
  expect(standardization.getState()).toMatchObject({ job: { state: 'done' }, failure: undefined });
  standardization.getState().close();
  expect(phone.released).toHaveLength(1);
});

test('two taps on 照片标准化 start it once', async () => {
  const path = `/v1/orders/${ONE}/photos/photo/standardization`;
  const phone = platformDouble({
    [`POST ${path}`]: { orderId: ONE, photoId: 'photo', state: 'done' },
  });
  const { start } = clientOn(phone).standardization.getState();
  await Promise.all([start(ONE, 'photo'), start(ONE, 'photo')]);
  expect(phone.sent).toHaveLength(1);
});

test('two taps on 拍照 keep one copy, and 提交 anywhere drops it', async () => {
  const phone = platformDouble({ [`GET /v1/orders/${ONE}`]: order('underReview') });
  phone.files.set('tmp', JPEG);
  const client = clientOn(phone);
  const { take } = client.shot.getState();
  const picture = { ok: true, value: { uri: 'tmp', size: JPEG.byteLength } } as const;
  await Promise.all([take(ONE, picture), take(ONE, picture)]);
  expect(phone.kept.size).toBe(1);
  // Handed in at the station, or the answer to 提交 was lost.
  await client.orders.getState().load(ONE);
  await settle();
  expect([phone.kept.size, phone.values.size]).toEqual([0, 0]);
});

test('the next person to log in sees nothing of the one before', async () => {
  const phone = platformDouble({
    'GET /v1/chat/messages': {
      messages: [{ messageId: 'm', sequence: 9, text: '我的证件号' }],
      online: true,
      unread: 0,
      more: false,
    },
    'POST /v1/accounts/sms/verify': { accountToken: 'new', account: { students: [] } },
  });
  phone.values.set('account-token', 'old');
  const { chat, session } = clientOn(phone);
  await chat.getState().load();
  expect(chat.getState().messages).toHaveLength(1);
  expect(await session.getState().loginByPhone('13800138000', '123456')).toBe(true);
  expect(chat.getState().messages).toEqual([]);
});

test('two taps on 立即进入 log in once', async () => {
  const phone = platformDouble({
    'POST /v1/accounts/wechat': { accountToken: 'token', account: { students: [] } },
  });
  const { enter } = clientOn(phone).session.getState();
  expect(await Promise.all([enter(), enter()])).toEqual(['home', 'failed']);
  expect(phone.sent).toHaveLength(1);
});
