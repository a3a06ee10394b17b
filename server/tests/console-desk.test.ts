import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { School } from '../src/ports/schools/school-repository.ts';
import {
  addStaff,
  approve,
  claim,
  refundByTwo,
  reject,
  submitPhoto,
  type TestStaff,
} from './support/console.ts';
import { describeOnServersDatabase } from './support/databases.ts';
import {
  enterGraduate,
  enterPaid,
  startTestServer,
  type TestServer,
  unwrap,
} from './support/test-server.ts';

describeOnServersDatabase('the console’s desk', (db) => {
  let server: TestServer;
  let school: School;
  let admin: TestStaff;
  beforeAll(async () => {
    server = await startTestServer(db());
    school = await server.addSchool();
    admin = await addStaff(server, 'administrator');
  });
  afterAll(() => server?.close());

  const search = async (query: Parameters<typeof admin.client.call<'searchOrders'>>[1]['query']) =>
    unwrap(await admin.client.call('searchOrders', { query }));

  test('orders are found by number, name and its parts, last four, ID number, state and batch; never by a wildcard', async () => {
    const { payload, holder } = server.addCode(school, {
      name: '欧阳小明',
      idNumber: '11010120040307927X',
    });
    const client = server.client();
    const { ticket } = unwrap(await client.call('resolveCode', { body: { payload } }));
    const verified = unwrap(
      await client.call('verifyLastFour', {
        body: { ticket, lastFour: holder.idNumber.slice(-4) },
      }),
    );
    const order = verified.orders[0]!;
    await enterGraduate(server, school);
    const only = (found: Awaited<ReturnType<typeof search>>) =>
      expect(found.orders.map(({ orderId }) => orderId)).toEqual([order.orderId]);
    only(await search({ text: order.orderNo }));
    only(await search({ text: order.orderNo.toLowerCase() }));
    only(await search({ text: order.orderNo.slice(0, -1) }));
    expect((await search({ text: order.orderNo.slice(0, 9) })).total).toBe(0);
    for (const part of ['欧阳小明', '欧阳', '小明', '欧', '927x', '11010120040307927x'])
      only(await search({ text: part }));
    for (const nobody of ['欧阳大明', '明', '927', '1101012004030792', '%', '_', '13800000000'])
      expect((await search({ text: nobody })).total, nobody).toBe(0);
    expect((await search({ batchId: order.batchId })).total).toBe(2);
    expect((await search({ batchId: order.batchId, state: 'collected' })).total).toBe(0);
    const page = await search({ batchId: order.batchId, page: 2, pageSize: 1 });
    expect(page).toMatchObject({ total: 2 });
    expect(page.orders.length).toBe(1);
    expect(JSON.stringify(page)).not.toContain(holder.idNumber);
  });

  test('an order is found by 学号 and 考生号 of its roster, by phone, and by its payment’s numbers', async () => {
    const graduate = await enterPaid(server, school);
    const { vault } = server.environment;
    const found = await sql<{ batchId: string; studentId: string; idNumberHash: string }>`
      select o.batch_id, o.student_id, s.id_number_hash from orders o
      join students s on s.id = o.student_id where o.id = ${graduate.orderId}`.execute(db());
    const { batchId, studentId, idNumberHash } = found.rows[0]!;
    const paid = await sql<{ outTradeNo: string; transactionId: string }>`
      select out_trade_no, transaction_id from payments where order_id = ${graduate.orderId}`.execute(
      db(),
    );
    const { outTradeNo, transactionId } = paid.rows[0]!;
    await sql`insert into roster_entries (id, batch_id, id_number_hash, student_number_hash,
      examinee_number_hash, content_hash, sealed, masked_name, masked_id_number, imported_by,
      created_at, updated_at, position) values (${randomUUID()}, ${batchId}, ${idNumberHash},
      ${vault.pseudonym('2023K88', 'studentNumber')}, ${vault.pseudonym('26110105', 'examineeNumber')},
      '', '', '*', '*', ${admin.staffId}, now(), now(), 1)`.execute(db());
    const accountId = randomUUID();
    await sql`insert into accounts (id, kind, phone_hash, created_at)
      values (${accountId}, 'phone', ${vault.pseudonym('13912345678', 'phone')}, now())`.execute(
      db(),
    );
    await sql`insert into account_students (account_id, student_id, linked_at)
      values (${accountId}, ${studentId}, now())`.execute(db());
    for (const text of ['2023k88', '26110105', '13912345678', outTradeNo, transactionId])
      expect(
        (await search({ text })).orders.map(({ orderId }) => orderId),
        text,
      ).toEqual([graduate.orderId]);
  });

  test('a refund returns the money and ends the order; pressing twice is one refund', async () => {
    const graduate = await enterPaid(server, school);
    const call = (idempotencyKey: string) =>
      refundByTwo(server, admin, graduate.orderId, {
        ...{ reason: '重复采集，按规定退款给毕业生本人', idempotencyKey },
      });
    const key = randomUUID();
    expect(unwrap(await call(key))).toMatchObject({ state: 'approved', amountFen: 2500 });
    await server.pay.settle();
    await server.services.refunds.pursue(10);
    unwrap(await call(key));
    const detail = unwrap(
      await admin.client.call('getConsoleOrder', { params: { orderId: graduate.orderId } }),
    );
    server.advance(120_000);
    await server.services.refunds.pursue(10);
    const after = unwrap(
      await admin.client.call('getConsoleOrder', { params: { orderId: graduate.orderId } }),
    );
    expect(after.order.state).toBe('refunded');
    expect(after.payments[0]?.state).toBe('refunded');
    expect(detail.order.history.filter(({ event }) => event === 'requestRefund').length).toBe(1);
    const told = after.timeline.filter(({ what }) => what.startsWith('refund.'));
    expect(told.map(({ what }) => what)).toEqual([
      ...['refund.asked', 'refund.approved', 'refund.processing', 'refund.succeeded'],
    ]);
    expect(told[0]).toMatchObject({ note: '重复采集，按规定退款给毕业生本人' });
    expect(told[1]?.name).toMatch(/^名 /);
    expect(await call(randomUUID())).toMatchObject({ error: { code: 'order.refunded' } });
  });

  test('a fee that was returned in the merchant’s own pages unheard of is not given back as paid', async () => {
    const reviewer = await addStaff(server, 'reviewer');
    const order = await submitPhoto(server, school, 93);
    unwrap(await reject(reviewer, await claim(reviewer), ['teethShowing']));
    unwrap(await order.client.call('retakePhoto', { params: order.params }));
    const former = await order.upload(94);
    const { storage, payments } = server.environment;
    const [paid] = await storage.payments.listOfOrder(order.orderId);
    // Returned in the merchant's own pages before: the service refuses to return it again.
    const { outTradeNo = '' } = paid ?? {};
    const outRefundNo = randomUUID().replaceAll('-', '');
    unwrap(await payments.refund({ outTradeNo, outRefundNo, refundFen: 2500, totalFen: 2500 }));
    const refused = await refundByTwo(server, admin, order.orderId);
    expect(refused).toMatchObject({ error: { code: 'payment.refundRefused' } });
    // The money is gone: the order waits for a hand and is not given back as if it were paid.
    expect(await order.order()).toMatchObject({ state: 'refunding' });
    const { refunds } = unwrap(await admin.client.call('listRefunds', { query: {} }));
    const own = refunds.find(({ orderId }) => orderId === order.orderId);
    expect(own).toMatchObject({ state: 'abnormal', by: expect.stringMatching(/^名 /) });
    const done = await admin.client.call('markRefundDone', {
      params: { refundId: own?.refundId ?? '' },
      body: { reference: outRefundNo, note: '商户平台已退' },
    });
    expect(unwrap(done)).toMatchObject({ state: 'succeeded', byHandReference: outRefundNo });
    expect(await order.order()).toMatchObject({ state: 'refunded' });
    expect((await storage.photos.find(former.photoId))?.discardedAt ?? null).toBeNull();
  });

  test('a refund that was closed gives the order back without its photo, which cannot be handed in any more', async () => {
    const order = await submitPhoto(server, school, 93);
    const reviewer = await addStaff(server, 'reviewer');
    unwrap(await reject(reviewer, await claim(reviewer), ['teethShowing']));
    unwrap(await order.client.call('retakePhoto', { params: order.params }));
    const former = await order.upload(94);
    const { storage } = server.environment;
    server.pay.settings.refundsEnd = 'CLOSED';
    unwrap(await refundByTwo(server, admin, order.orderId));
    await server.pay.settle();
    server.pay.settings.refundsEnd = 'SUCCESS';
    expect(await order.order()).toMatchObject({ state: 'pendingCapture' });
    expect((await storage.photos.find(former.photoId))?.discardedAt).toBeInstanceOf(Date);
    const present = await order.upload(95);
    const handIn = (photoId: string) =>
      order.client.call('handInPhoto', { params: order.params, body: { photoId } });
    expect(await handIn(former.photoId)).toMatchObject({ error: { code: 'photo.notFound' } });
    expect(unwrap(await handIn(present.photoId)).photoId).toBe(present.photoId);
    // Out of the queue that the other tests share.
    unwrap(await approve(reviewer, await claim(reviewer)));
  });

  test('an order under review is not refunded, nor one that is complete', async () => {
    const reviewer = await addStaff(server, 'reviewer');
    const order = await submitPhoto(server, school, 90);
    const refund = () => refundByTwo(server, admin, order.orderId);
    expect(await refund()).toMatchObject({ error: { code: 'order.transitionForbidden' } });
    unwrap(await approve(reviewer, await claim(reviewer)));
    expect(await refund()).toMatchObject({ error: { code: 'order.locked' } });
  });

  test('the dashboard counts what is there', async () => {
    const own = await server.addSchool();
    const reviewer = await addStaff(server, 'reviewer');
    const orders = [await submitPhoto(server, own, 91), await submitPhoto(server, own, 92)];
    unwrap(await reject(reviewer, await claim(reviewer), ['teethShowing', 'selfie']));
    await enterGraduate(server, own);
    const { batches } = unwrap(await admin.client.call('listBatches'));
    const { batchId } = batches.find(({ schoolCode }) => schoolCode === own.code)!;
    const read = async () =>
      unwrap(await admin.client.call('getDashboard', { query: { batchId } }));
    const board = await read();
    const counts = Object.fromEntries(board.funnel.map(({ state, count }) => [state, count]));
    expect(counts).toEqual({ rejected: 1, underReview: 1, pendingPayment: 1 });
    expect(board.queue).toMatchObject({ waiting: 1, overdue: 0, decidedToday: 1 });
    expect(board.rejections).toEqual([
      { code: 'selfie', count: 1 },
      { code: 'teethShowing', count: 1 },
    ]);
    expect(board.faces.stored).toBeGreaterThanOrEqual(orders.length);
    server.advance(6 * 86_400_000);
    admin = await addStaff(server, 'administrator');
    expect((await read()).queue).toMatchObject({ overdue: 1, decidedToday: 0 });
  });

  test('a batch is made, changed and closed; its price holds for new orders alone', async () => {
    const { code } = unwrap(
      await admin.client.call('saveSchool', {
        params: { schoolCode: randomUUID().slice(0, 8) },
        body: { name: '新学校' },
      }),
    );
    const params = { batchId: randomUUID() };
    const body = {
      schoolCode: code,
      name: '补采',
      priceFen: 3000,
      profileId: 'chsi-480x640-white',
      opensAt: server.now().toISOString(),
      closesAt: null,
    };
    const saved = unwrap(await admin.client.call('saveBatch', { params, body }));
    expect(saved).toMatchObject({ school: '新学校', priceFen: 3000 });
    expect(saved.closesAt).toBeUndefined();
    const closesAt = new Date(server.now().getTime() + 1000).toISOString();
    expect(
      unwrap(await admin.client.call('saveBatch', { params, body: { ...body, closesAt } })),
    ).toMatchObject({ closesAt });
    for (const [field, wrong] of [
      ['profileId', { profileId: 'none' }],
      ['closesAt', { closesAt: '2020-01-01T00:00:00.000Z' }],
      ['schoolCode', { schoolCode: school.code }],
    ] as const)
      expect(
        await admin.client.call('saveBatch', { params, body: { ...body, ...wrong } }),
      ).toMatchObject({ error: { code: 'request.invalid', details: { field } } });
  });

  test('a station is enrolled with a code of the console', async () => {
    const { code } = unwrap(
      await admin.client.call('createEnrolmentCode', { body: { schoolCode: school.code } }),
    );
    const body = { code, name: '二号机', installationId: randomUUID() };
    expect(unwrap(await server.client().call('enrolStation', { body })).school).toBe(school.name);
    expect(
      await admin.client.call('createEnrolmentCode', { body: { schoolCode: 'none' } }),
    ).toMatchObject({ error: { code: 'request.notFound' } });
  });

  test('phone, hours and questions reach the stations', async () => {
    const body = {
      phone: '400-123-4567',
      hours: '全天',
      faq: [{ questionZh: '问', answerZh: '答', questionEn: 'Q', answerEn: 'A' }],
    };
    unwrap(await admin.client.call('saveCustomerService', { query: {}, body }));
    const station = await server.addStation(school);
    const settings = unwrap(await server.client(station.authorization).call('getStationSettings'));
    expect(settings.customerService).toEqual(body);
  });

  test('the stream nudges when an order changes, and ends with the server', async () => {
    const response = await fetch(`${server.url}/v1/console/events`, {
      headers: { authorization: admin.authorization },
    });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    await submitPhoto(server, school, 93);
    let text = '';
    while (!text.includes('"review"')) {
      const { value, done } = await reader.read();
      if (done) break;
      text += value;
    }
    expect(text).toContain('data: {"topic":"order"}');
    expect(text).not.toContain('orderId');
    await reader.cancel();
  });

  test('the console’s page comes with a policy of its own, or says what to do', async () => {
    const response = await fetch(`${server.url}/console/review`);
    const text = await response.text();
    if (response.status === 503) expect(text).toContain('npm run build');
    else {
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain('unsafe');
      expect(text).not.toContain('__CSP_NONCE__');
      const nonce = /nonce-([^']+)/.exec(policy)?.[1] ?? '';
      expect(text).toContain(`nonce="${nonce}"`);
    }
  });
});
