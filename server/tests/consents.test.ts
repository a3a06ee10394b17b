import { randomUUID } from 'node:crypto';
import type { Client } from '@gradshot/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { School } from '../src/ports/schools/school-repository.ts';
import { CONSENTS } from '../src/services/consents/service-content.ts';
import { describeOnBothDatabases } from './support/databases.ts';
import { makeJpeg, makePhoto, sha256 } from './support/pictures.ts';
import {
  enterGraduate,
  enterPaid,
  giveConsents,
  startTestServer,
  type TestServer,
  unwrap,
} from './support/test-server.ts';

const required = (count: number) => ({
  ok: false,
  error: { code: 'consent.required', details: { count } },
});

describeOnBothDatabases('consents', (db) => {
  let server: TestServer;
  let school: School;
  let station: Client;
  beforeAll(async () => {
    server = await startTestServer(db());
    school = await server.addSchool();
    station = server.client((await server.addStation(school)).authorization);
  });
  afterAll(() => server?.close());

  const pay = (client: Client, orderId: string) =>
    client.call('createPayment', {
      params: { orderId },
      body: { method: 'native', idempotencyKey: randomUUID() },
    });

  const consent = (kind: (typeof CONSENTS)[number]['kind']) => {
    const { version } = CONSENTS.find((one) => one.kind === kind)!;
    return { kind, version };
  };

  async function begin(client: Client, orderId: string) {
    const bytes = await makeJpeg({ width: 1200, height: 1600 });
    const params = { orderId, photoId: randomUUID() };
    const capturedAt = new Date().toISOString();
    const body = { size: bytes.length, sha256: sha256(bytes), type: 'image/jpeg', capturedAt };
    return client.call('createUpload', { params, body: { ...body, type: 'image/jpeg' } });
  }

  const forget = (orderId: string) =>
    db().deleteFrom('consents').where('orderId', '=', orderId).execute();

  test('nothing is paid without both; the face has a consent of its own', async () => {
    const { authorization, orderId } = await enterGraduate(server, school);
    const client = server.client(authorization);
    const params = { orderId };
    expect(await pay(client, orderId)).toMatchObject(required(2));
    const service = { consents: [consent('service')] };
    unwrap(await client.call('giveConsent', { params, body: service }));
    expect(await pay(client, orderId)).toMatchObject(required(1));
    expect(await pay(station, orderId)).toMatchObject(required(1));
    const face = { consents: [consent('faceProcessing')] };
    unwrap(await client.call('giveConsent', { params, body: face }));
    expect((await pay(client, orderId)).ok).toBe(true);
  });

  test('a wording that is asked for no more pays nothing, and is enough for the photo', async () => {
    const { authorization, orderId } = await enterPaid(server, school);
    await db().updateTable('consents').set({ version: '2025-01' }).execute();
    expect((await begin(server.client(authorization), orderId)).ok).toBe(true);
    const unpaid = await enterGraduate(server, school);
    const client = server.client(unpaid.authorization);
    await giveConsents(client, unpaid.orderId);
    await db().updateTable('consents').set({ version: '2025-01' }).execute();
    expect(await pay(client, unpaid.orderId)).toMatchObject(required(2));
  });

  test('no original leaves the phone without them', async () => {
    const { authorization, orderId } = await enterPaid(server, school);
    const client = server.client(authorization);
    await forget(orderId);
    expect(await begin(client, orderId)).toMatchObject(required(2));
    await giveConsents(client, orderId);
    expect((await begin(client, orderId)).ok).toBe(true);
  });

  test('agreed to at home is agreed to at the station', async () => {
    const { orderId } = await enterPaid(server, school);
    const photoId = randomUUID();
    unwrap(await station.deliverPhoto({ orderId, photoId, ...(await makePhoto(71)) }));
    const submitted = await station.call('handInPhoto', { params: { orderId }, body: { photoId } });
    expect(unwrap(submitted).state).toBe('underReview');
  });

  test('a photo of the station is kept, and goes on once the consent has come', async () => {
    const { authorization, orderId } = await enterPaid(server, school);
    await forget(orderId);
    const photoId = randomUUID();
    const photo = await makePhoto(72);
    unwrap(await station.deliverPhoto({ orderId, photoId, ...photo }));
    const submit = () => station.call('handInPhoto', { params: { orderId }, body: { photoId } });
    expect(await submit()).toMatchObject(required(2));
    expect(unwrap(await station.deliverPhoto({ orderId, photoId, ...photo })).duplicate).toBe(true);
    await giveConsents(server.client(authorization), orderId);
    expect(unwrap(await submit()).state).toBe('underReview');
  });
});
