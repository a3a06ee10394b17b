import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeOnBothDatabases } from './support/databases.ts';
import { makePhoto } from './support/pictures.ts';
import { startTestServer, type TestServer, unwrap } from './support/test-server.ts';

describeOnBothDatabases('from the code to the review queue', (db) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer(db());
  });
  afterAll(() => server?.close());

  test('a station takes a graduate from 采集码 to 审核中', async () => {
    const school = await server.addSchool();
    const station = await server.addStation(school);
    const client = server.client(station.authorization);
    const settings = unwrap(await client.call('getStationSettings'));
    expect(settings).toMatchObject({ school: school.name, sample: true });
    expect(settings.batches[0]).toMatchObject({ priceFen: 2500, profileId: 'chsi-480x640' });

    const { payload, holder } = server.addCode(school);
    const resolved = unwrap(await client.call('resolveCode', { body: { payload } }));
    expect(resolved.student.maskedName).toBe('张*例');
    const body = { ticket: resolved.ticket, lastFour: holder.idNumber.slice(-4).toLowerCase() };
    const verified = unwrap(await client.call('verifyLastFour', { body }));
    expect(JSON.stringify(verified)).not.toContain(holder.idNumber);
    const orderId = verified.orders[0]!.orderId;
    const params = { orderId };
    const graduate = server.client(`Bearer ${verified.sessionToken}`);
    expect(unwrap(await graduate.call('listOrders')).orders).toHaveLength(1);

    const service = unwrap(await client.call('getService', { params }));
    expect(service.priceFen).toBe(2500);
    const consents = service.consents.map(({ kind, version }) => ({ kind, version }));
    unwrap(await client.call('giveConsent', { params, body: { consents } }));

    const key = { method: 'native', idempotencyKey: randomUUID() } as const;
    const payment = unwrap(await client.call('createPayment', { params, body: key }));
    expect(payment.codeUrl).toMatch(/^weixin:/);
    expect(server.pay.pay({ codeUrl: payment.codeUrl! }).paid).toBe(true);
    await server.pay.settle();
    const paid = unwrap(
      await client.call('getPayment', { params: { paymentId: payment.paymentId } }),
    );
    expect(paid.state).toBe('paid');
    expect(unwrap(await client.call('getOrder', { params })).state).toBe('pendingCapture');

    const photo = await makePhoto(1);
    const photoId = randomUUID();
    const uploaded = unwrap(await client.deliverPhoto({ orderId, photoId, ...photo }));
    expect(uploaded).toMatchObject({ accepted: true, duplicate: false });
    const stored = await client.call('getStandardPhoto', { params: { orderId, photoId } });
    expect(Buffer.compare(unwrap(stored), photo.standard)).toBe(0);

    const submitted = unwrap(await client.call('handInPhoto', { params, body: { photoId } }));
    expect(submitted.state).toBe('underReview');
    expect(submitted.promisedAt).toBeDefined();
    expect(submitted.history.map((x) => x.event)).toEqual([
      'confirmPayment',
      'keepPhoto',
      'acceptStandardization',
      'handIn',
      'passIdentity',
    ]);
    const again = unwrap(await client.call('handInPhoto', { params, body: { photoId } }));
    expect(again.history).toHaveLength(5);

    const pulled = unwrap(await client.call('pullChanges', { query: { after: 0, limit: 4 } }));
    expect(pulled).toMatchObject({ more: true, checkpoint: 4 });
    const rest = unwrap(await client.call('pullChanges', { query: { after: pulled.checkpoint } }));
    expect([...pulled.changes, ...rest.changes].map((x) => x.state)).toEqual([
      'pendingPayment',
      'pendingCapture',
      'pendingStandardization',
      'pendingSubmission',
      'verifyingIdentity',
      'underReview',
    ]);
    expect(rest.changes.at(-1)?.photoId).toBe(photoId);
    const beat = { version: '0.1.0', outboxLength: 0, parked: 0 };
    expect((await client.call('stationHeartbeat', { body: beat })).ok).toBe(true);
    const log = server.log.join('');
    expect(log).not.toContain(holder.idNumber);
    expect(log).not.toContain(holder.name);
  });
});
