import { randomBytes, randomUUID } from 'node:crypto';
import type { SealedPhotoUpload } from '@gradshot/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { School } from '../src/ports/schools/school-repository.ts';
import { openOnSite } from '../src/services/photos/on-site-records.ts';
import { describeOnServersDatabase } from './support/databases.ts';
import { makePhoto } from './support/pictures.ts';
import { addSealingStation, type SealingStation, sealedFor } from './support/sealing-station.ts';
import { enterPaid, startTestServer, type TestServer, unwrap } from './support/test-server.ts';

describeOnServersDatabase('sealed photos of another station', (db) => {
  let server: TestServer;
  let school: School;
  /** Took the photos. */
  let origin: SealingStation;
  /** Brings them in. */
  let carrier: SealingStation;
  beforeAll(async () => {
    server = await startTestServer(db());
    school = await server.addSchool();
    origin = await addSealingStation(server, school);
    await origin.register();
    carrier = await addSealingStation(server, school);
  });
  afterAll(() => server?.close());

  async function paid(at = school) {
    const graduate = await enterPaid(server, at);
    const client = server.client(graduate.authorization);
    const params = { orderId: graduate.orderId };
    return {
      ...params,
      client,
      params,
      detail: async () => unwrap(await client.call('getOrder', { params })),
    };
  }

  const bring = (photo: SealedPhotoUpload, by = carrier) => by.client.handInSealedPhoto(photo);
  const refused = (code: string) => ({ ok: false, error: { code } });
  const handedIn = { ok: true, value: { outcome: 'handedIn' } };
  const thereAlready = { ok: true, value: { outcome: 'thereAlready' } };
  const submissions = (orderId: string) =>
    db()
      .selectFrom('orderEvents')
      .selectAll()
      .where('orderId', '=', orderId)
      .where('event', '=', 'handIn')
      .execute();

  describe('the key', () => {
    const registered = async (station: SealingStation) =>
      unwrap(await station.client.call('getStationSettings')).keyEscrow?.keyRegistered;

    test('is asked for until the server has it, may come twice, and outlasts a new enrolment', async () => {
      const station = await addSealingStation(server, school);
      expect(await registered(station)).toBe(false);
      await station.register();
      await station.register();
      expect(await registered(station)).toBe(true);
      const { code } = unwrap(await server.services.stations.issueCode(school.code));
      const { installationId } = station;
      const body = { code, name: '一号机', installationId };
      const again = unwrap(await server.client().call('enrolStation', { body }));
      const client = server.client(`Station ${again.stationId}:${again.deviceKey}`);
      expect(await registered({ ...station, client })).toBe(true);
    });

    test('lies in the database as the station sealed it', async () => {
      const row = await server.environment.storage.stations.find(origin.stationId);
      expect(Buffer.from(row?.sealedKey ?? []).includes(origin.key)).toBe(false);
      expect(row?.sealedKey?.length).toBeGreaterThan(32);
    });

    test('is refused when the server cannot open it, or it is none', async () => {
      const station = await addSealingStation(server, school);
      const others = await sealedFor(station.client, station.key, randomUUID());
      const short = await sealedFor(station.client, Buffer.alloc(16), station.installationId);
      const sealedForNobody = randomBytes(93).toString('base64');
      for (const sealedKey of [others, short, sealedForNobody])
        expect(
          await station.client.call('registerStationKey', { body: { sealedKey } }),
        ).toMatchObject({ error: { code: 'request.invalid', details: { field: 'sealedKey' } } });
      expect(await registered(station)).toBe(false);
    });
  });

  test('arrives as if its own station had delivered it, which then changes nothing more', async () => {
    const order = await paid();
    const photo = await makePhoto(21);
    const sealed = await origin.seal(photo, order.params);
    expect(await bring(sealed)).toEqual(handedIn);
    expect(await order.detail()).toMatchObject({ state: 'underReview', photoId: sealed.photoId });
    expect(await bring(sealed)).toEqual(thereAlready);
    const own = await origin.client.deliverPhoto({
      ...order.params,
      ...photo,
      photoId: sealed.photoId,
    });
    expect(own).toMatchObject({ ok: true, value: { duplicate: true } });
    const body = { photoId: sealed.photoId };
    unwrap(await origin.client.call('handInPhoto', { params: order.params, body }));
    expect(await submissions(order.orderId)).toHaveLength(1);
    const stored = await server.environment.storage.photos.find(sealed.photoId);
    expect(stored).toMatchObject({ uploadedBy: 'station', uploaderId: origin.stationId });
    expect(await submissions(order.orderId)).toMatchObject([{ actorId: origin.stationId }]);
  });

  test('brings what staff said about it', async () => {
    const order = await paid();
    const onSite = { answers: { 'face.person': 'kept' } } as const;
    const sealed = await origin.seal(await makePhoto(36), { ...order.params, onSite });
    expect(await bring(sealed)).toEqual(handedIn);
    const { vault, storage } = server.environment;
    const photo = await storage.photos.find(sealed.photoId);
    expect(photo && openOnSite(vault, photo)).toEqual(onSite);
  });

  test('that the machine refused comes in by a release, and not without', async () => {
    const order = await paid();
    const photo = await makePhoto(37);
    const said = { zh: '没有睁眼。', en: 'Eyes closed.' };
    const failed = { code: 'eyes.open', level: 'fail', value: 0.1, limit: 0.18, unit: '' } as const;
    const reason = { code: 'eyes.open', ...said };
    const checks = [{ ...failed, ...said }];
    const report = { ...photo.meta.report, accepted: false, reason, checks };
    const refusedPhoto = { ...photo, meta: { ...photo.meta, report } };
    const bare = await origin.seal(refusedPhoto, order.params);
    expect(await bring(bare)).toMatchObject(refused('photo.notStandard'));
    const at = '2026-11-23T08:00:00.000Z';
    const release = { checks: ['eyes.open'], cause: 'health', at } as const;
    const released = await origin.seal(refusedPhoto, { ...order.params, onSite: { release } });
    expect(await bring(released)).toEqual(handedIn);
    expect(await bring(released)).toEqual(thereAlready);
  });

  test('leaves a trace of who brought it', async () => {
    const order = await paid();
    const sealed = await origin.seal(await makePhoto(22), order.params);
    await bring(sealed);
    await bring(sealed);
    const looks = await db()
      .selectFrom('accessLog')
      .selectAll()
      .where('orderId', '=', order.orderId)
      .where('action', '=', 'carryIn')
      .execute();
    expect(looks).toMatchObject([{ callerId: carrier.stationId, photoId: sealed.photoId }]);
  });

  test('comes only as far as the graduate had got', async () => {
    const order = await paid();
    const photo = await makePhoto(23);
    const photoId = randomUUID();
    const judged = await origin.seal(photo, { ...order.params, photoId, step: 'judged' });
    expect(await bring(judged)).toEqual(handedIn);
    expect((await order.detail()).state).toBe('pendingSubmission');
    expect(await bring(judged)).toEqual(thereAlready);
    const later = await origin.seal(photo, { ...order.params, photoId, step: 'handedIn' });
    expect(await bring(later)).toEqual(handedIn);
    expect((await order.detail()).state).toBe('underReview');
  });

  test('finishes what its own station had begun', async () => {
    const order = await paid();
    const photo = await makePhoto(24);
    const sealed = await origin.seal(photo, order.params);
    const { photoId } = sealed;
    unwrap(await origin.client.deliverPhoto({ ...order.params, photoId, ...photo }));
    expect(await bring(sealed)).toEqual(handedIn);
    expect((await order.detail()).state).toBe('underReview');
  });

  test('comes also from a station that was disabled, and by the station itself', async () => {
    const order = await paid();
    const station = await addSealingStation(server, school);
    await station.register();
    const sealed = await station.seal(await makePhoto(25), order.params);
    await server.environment.storage.stations.update(station.stationId, {
      disabledAt: new Date(),
    });
    expect(await bring(sealed, station)).toEqual(refused('station.notEnrolled'));
    expect(await bring(sealed)).toEqual(handedIn);
    const another = await paid();
    const own = await origin.seal(await makePhoto(26), another.params);
    expect(await bring(own, origin)).toEqual(handedIn);
  });

  describe('is refused, and changes nothing,', () => {
    let order: Awaited<ReturnType<typeof paid>>;
    let sealed: SealedPhotoUpload;
    beforeAll(async () => {
      order = await paid();
      sealed = await origin.seal(await makePhoto(27), order.params);
    });
    async function refuses(photo: SealedPhotoUpload, code: string, by = carrier): Promise<void> {
      expect(await bring(photo, by)).toMatchObject(refused(code));
      expect(await order.detail()).toMatchObject({ state: 'pendingCapture' });
      expect(await server.environment.storage.photos.find(photo.photoId)).toBeUndefined();
    }

    test('at another school', async () => {
      const elsewhere = await addSealingStation(server, await server.addSchool());
      await refuses(sealed, 'stick.otherSchool', elsewhere);
    });

    test('for an order of another school', async () => {
      const far = await paid(await server.addSchool());
      const stray = await origin.seal(await makePhoto(28), far.params);
      expect(await bring(stray)).toEqual(refused('order.notFound'));
      expect((await far.detail()).state).toBe('pendingCapture');
    });

    test('of a station that nobody knows, or that has entrusted no key', async () => {
      const meta = { ...sealed.meta, installationId: randomUUID() };
      await refuses({ ...sealed, meta }, 'stick.originUnknown');
      const silent = await addSealingStation(server, school);
      const others = await silent.seal(await makePhoto(27), order.params);
      await refuses(others, 'stick.keyNotRegistered');
    });

    test('sealed by another key than its station’s', async () => {
      const other = await addSealingStation(server, school);
      const foreign = await other.seal(await makePhoto(27), order.params);
      const meta = { ...foreign.meta, installationId: origin.installationId };
      await refuses({ ...foreign, meta }, 'stick.damaged');
    });

    test('under another photo’s name, or with another photo’s original', async () => {
      await refuses({ ...sealed, photoId: randomUUID() }, 'stick.damaged');
      const other = await origin.seal(await makePhoto(29), order.params);
      await refuses({ ...sealed, original: other.original }, 'stick.damaged');
      const mixed = { ...sealed.meta, originalSha256: other.meta.originalSha256 };
      await refuses({ ...sealed, meta: mixed, original: other.original }, 'stick.damaged');
    });

    test('without a label', async () => {
      const { length } = sealed.standard;
      const bare = sealed.standard.subarray(5 + Buffer.from(sealed.standard).readUInt32BE(1));
      expect(bare.length).toBeLessThan(length);
      await refuses({ ...sealed, standard: bare }, 'stick.damaged');
    });

    test.each(['original', 'standard'] as const)('with a damaged %s', async (part) => {
      const whole = Buffer.from(sealed[part]);
      const at = Math.floor(whole.length / 2);
      const flipped = Buffer.from(whole);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      for (const bytes of [flipped, whole.subarray(0, at), whole.subarray(0, 3)])
        await refuses({ ...sealed, [part]: bytes }, 'stick.damaged');
    });

    test('as a body of another shape', async () => {
      const meta = { ...sealed.meta, originalSha256: 'x' };
      await refuses({ ...sealed, meta }, 'request.invalid');
    });
  });

  describe('where the order has gone on', () => {
    const captured = (at: number) => ({ capturedAt: new Date(at).toISOString() });

    test('with a later photo, that one counts', async () => {
      const order = await paid();
      const earlier = await makePhoto(30);
      const later = await makePhoto(31);
      const meta = { ...earlier.meta, ...captured(Date.now() - 60_000) };
      const sealed = await origin.seal({ ...earlier, meta }, order.params);
      const photoId = randomUUID();
      unwrap(await carrier.client.deliverPhoto({ ...order.params, photoId, ...later }));
      expect(await bring(sealed)).toEqual(refused('stick.orderGoneOn'));
      expect(await order.detail()).toMatchObject({ state: 'pendingSubmission', photoId });
    });

    test('with an earlier one of the same station, that one is replaced', async () => {
      const order = await paid();
      const first = await makePhoto(32);
      const second = await makePhoto(33);
      const meta = { ...second.meta, capturedAt: '2026-11-23T08:05:00.000Z' };
      const photoId = randomUUID();
      unwrap(await origin.client.deliverPhoto({ ...order.params, photoId, ...first }));
      const sealed = await origin.seal({ ...second, meta }, order.params);
      expect(await bring(sealed)).toEqual(handedIn);
      expect(await order.detail()).toMatchObject({ state: 'underReview', photoId: sealed.photoId });
      const replaced = await origin.seal(first, { ...order.params, photoId });
      expect(await bring(replaced)).toEqual(refused('stick.orderGoneOn'));
    });

    test('to review with another photo', async () => {
      const order = await paid();
      const sealed = await origin.seal(await makePhoto(34), order.params);
      const present = await makePhoto(35);
      const meta = { ...present.meta, capturedAt: '2026-11-23T07:00:00.000Z' };
      const photoId = randomUUID();
      unwrap(await origin.client.deliverPhoto({ ...order.params, photoId, ...present, meta }));
      const { params } = order;
      unwrap(await origin.client.call('handInPhoto', { params, body: { photoId } }));
      expect(await bring(sealed)).toEqual(refused('stick.orderGoneOn'));
      expect(await order.detail()).toMatchObject({ state: 'underReview', photoId });
    });
  });
});
