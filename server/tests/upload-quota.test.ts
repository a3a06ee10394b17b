import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { fail, isRetryable, ok } from '@gradshot/domain';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { AccountCaller } from '../src/ports/access/caller.ts';
import type { OrderView } from '../src/ports/order-life/order-repository.ts';
import type { School } from '../src/ports/schools/school-repository.ts';
import { createPictureMemory } from '../src/services/photos/picture-memory.ts';
import { createUploadCompletion } from '../src/services/uploads/upload-completion.ts';
import { createUploadQuota } from '../src/services/uploads/upload-quota.ts';
import { describeOnServersDatabase } from './support/databases.ts';
import { makeJpeg, makePhoto, sha256 } from './support/pictures.ts';
import { enterPaid, startTestServer, type TestServer, unwrap } from './support/test-server.ts';

const GB = 1024 ** 3;
const DAY_MS = 86_400_000;

describeOnServersDatabase('what a phone may send', (db) => {
  let server: TestServer;
  let school: School;
  beforeAll(async () => {
    server = await startTestServer(db());
    school = await server.addSchool();
  });
  afterAll(() => server?.close());

  async function paid() {
    const { authorization, orderId } = await enterPaid(server, school);
    const client = server.client(authorization);
    const at = (photoId: string) => ({ params: { orderId, photoId } });
    const view = async () => (await server.environment.storage.orders.find(orderId)) as OrderView;
    return {
      orderId,
      view,
      announce: (photoId: string, bytes: Uint8Array, digest = sha256(bytes)) =>
        client.call('createUpload', {
          ...at(photoId),
          body: {
            size: bytes.length,
            sha256: digest,
            type: 'image/jpeg',
            capturedAt: '2026-11-23T08:00:00.000Z',
          },
        }),
      append: (photoId: string, offset: number, bytes: Uint8Array) =>
        client.sendBytes('appendUpload', { params: { orderId, photoId, offset }, bytes }),
      find: (photoId: string) => client.call('getUpload', at(photoId)),
      complete: (photoId: string) => client.call('completeUpload', at(photoId)),
    };
  }

  const use = (orderId: string, used: { bytes?: number; failures?: number }) =>
    server.environment.storage.uploads.addUsage(orderId, used, {
      now: server.now(),
      since: new Date(server.now().getTime() - DAY_MS),
    });

  /** As if the order's day had begun so many hours ago. */
  const grow = (orderId: string, hours: number) =>
    db()
      .updateTable('uploadUsage')
      .set({ dayBegan: new Date(server.now().getTime() - hours * 3_600_000) })
      .where('orderId', '=', orderId)
      .execute();

  test('of unfinished uploads the ones touched last are kept; an older one begins anew', async () => {
    const order = await paid();
    const bytes = Buffer.alloc(5000, 7);
    const [first = '', second = '', third = '', fourth = ''] = Array.from({ length: 4 }, () =>
      randomUUID(),
    );
    for (const photoId of [first, second, third]) {
      unwrap(await order.announce(photoId, bytes));
      unwrap(await order.append(photoId, 0, bytes.subarray(0, 1000)));
      server.advance(1000);
    }
    // The phone that took up its first shot again is the one that is being used.
    unwrap(await order.append(first, 1000, bytes.subarray(1000, 2000)));
    unwrap(await order.announce(fourth, bytes));
    expect(await order.find(second)).toEqual(fail('photo.notFound'));
    expect(unwrap(await order.find(first)).offset).toBe(2000);
    expect(unwrap(await order.find(third)).offset).toBe(1000);
    expect(unwrap(await order.announce(second, bytes)).offset).toBe(0);
    await Promise.all(Array.from({ length: 8 }, () => order.announce(randomUUID(), bytes)));
    const standing = await db()
      .selectFrom('uploads')
      .select('photoId')
      .where('orderId', '=', order.orderId)
      .execute();
    expect(standing).toHaveLength(3);
  });

  test('a day’s bytes count whether they are kept or not; repeats are never refused', async () => {
    const [order, other] = [await paid(), await paid()];
    const bytes = Buffer.alloc(2000, 3);
    const begun = randomUUID();
    unwrap(await order.announce(begun, bytes));
    unwrap(await order.append(begun, 0, bytes.subarray(0, 1000)));
    await use(order.orderId, { bytes: GB - 1500 });
    expect(await order.append(begun, 1000, bytes.subarray(1000))).toEqual(
      fail('upload.tooMuch', { hours: 24 }),
    );
    expect(await order.announce(randomUUID(), bytes)).toEqual(
      fail('upload.tooMuch', { hours: 24 }),
    );
    expect(unwrap(await order.announce(begun, bytes)).offset).toBe(1000);
    unwrap(await order.append(begun, 0, bytes.subarray(0, 1000)));
    unwrap(await order.append(begun, 1000, bytes.subarray(1000, 1400)));
    unwrap(await other.announce(randomUUID(), bytes));
    await grow(order.orderId, 23.5);
    expect(await order.announce(randomUUID(), bytes)).toEqual(fail('upload.tooMuch', { hours: 1 }));
    await grow(order.orderId, 24.5);
    unwrap(await order.announce(randomUUID(), bytes));
    unwrap(await order.append(begun, 1400, bytes.subarray(1400)));
    const usage = await server.environment.storage.uploads.usageOf(
      [(await order.view()).studentId],
      new Date(server.now().getTime() - DAY_MS),
    );
    expect(usage).toMatchObject([{ bytes: 600, failures: 0 }]);
  });

  test('a login that acts for many students has a day of its own', async () => {
    const orders = await Promise.all(Array.from({ length: 5 }, () => paid()));
    const views = await Promise.all(orders.map(({ view }) => view()));
    for (const { orderId } of orders.slice(0, 4)) await use(orderId, { bytes: GB });
    const quota = createUploadQuota(server.environment);
    const sender = (studentIds: string[]): AccountCaller => ({
      kind: 'account',
      sessionId: randomUUID(),
      accountId: randomUUID(),
      studentIds,
    });
    const last = views[4] as OrderView;
    const all = sender(views.map(({ studentId }) => studentId));
    expect(await quota.take(last, all, 10)).toEqual(fail('upload.tooMuch', { hours: 24 }));
    expect(await quota.take(last, sender([last.studentId]), 10)).toEqual(ok(undefined));
  });

  test('files that are no photos are read so many times a day and no more', async () => {
    const order = await paid();
    const text = Buffer.from('a text file');
    const send = async (photoId: string) => {
      unwrap(await order.announce(photoId, text));
      unwrap(await order.append(photoId, 0, text));
    };
    await use(order.orderId, { failures: 59 });
    const photoId = randomUUID();
    await send(photoId);
    const unsent = randomUUID();
    await send(unsent);
    expect(await order.complete(photoId)).toMatchObject({ error: { code: 'photo.notAnImage' } });
    const refused = { error: { code: 'upload.tooMuch' } };
    expect(await order.complete(unsent)).toMatchObject(refused);
    expect(await order.announce(randomUUID(), text)).toMatchObject(refused);
    await grow(order.orderId, 24.1);
    expect(await order.complete(unsent)).toMatchObject({ error: { code: 'photo.notAnImage' } });
  });

  test('twenty retakes of large photos and a damaged one are an ordinary day', async () => {
    const order = await paid();
    await use(order.orderId, { bytes: 20 * 30 * 1024 ** 2, failures: 5 });
    const bytes = await makeJpeg({ width: 1200, height: 1600, seed: 1, quality: 60 });
    const photoId = randomUUID();
    const { chunkBytes } = unwrap(await order.announce(photoId, bytes));
    for (let offset = 0; offset < bytes.length; offset += chunkBytes)
      unwrap(await order.append(photoId, offset, bytes.subarray(offset, offset + chunkBytes)));
    expect(unwrap(await order.complete(photoId)).state).toBe('complete');
  });

  test('a completion waits for room, and comes again later where there is none', async () => {
    const order = await paid();
    const bytes = await makeJpeg({ width: 600, height: 800, seed: 2, quality: 60 });
    const photoId = randomUUID();
    unwrap(await order.announce(photoId, bytes));
    unwrap(await order.append(photoId, 0, bytes));
    const { environment } = server;
    const memory = createPictureMemory({ bytes: 1024 ** 2, waitMs: 5 });
    const completion = createUploadCompletion(environment, createUploadQuota(environment), memory);
    const caller = { kind: 'graduate', sessionId: 'x', studentIds: [] } as const;
    const view = await order.view();
    const tried = await memory.hold(1, () => completion.complete(view, photoId, caller));
    expect(tried).toEqual(fail('server.busy'));
    expect(unwrap(await order.find(photoId)).offset).toBe(bytes.length);
    unwrap(await completion.complete(view, photoId, caller));
  });

  test('a station’s upload is not read before there is room for it', async () => {
    const { orderId } = await paid();
    const station = await server.stationOf(school);
    const photo = await makePhoto(3);
    const upload = { orderId, photoId: randomUUID(), ...photo };
    let leave = () => {};
    const until = new Promise<void>((done) => {
      leave = done;
    });
    const full = server.services.arrivalMemory.hold(GB, async () => ok(await until));
    let answered = false;
    const sent = station.deliverPhoto(upload).then((answer) => {
      answered = true;
      return answer;
    });
    await new Promise((done) => setTimeout(done, 300));
    expect(answered).toBe(false);
    leave();
    await full;
    expect(unwrap(await sent).duplicate).toBe(false);
  });

  test.each([
    ['soon', 20_000],
    ['late', 8_000_000],
  ])('a station that went away %s while it waited leaves no room taken', async (_, length) => {
    const { orderId } = await paid();
    const { authorization } = await server.addStation(school);
    const photo = `${server.url}/v1/orders/${orderId}/photos/${randomUUID()}`;
    let leave = () => {};
    const until = new Promise<void>((done) => {
      leave = done;
    });
    const { arrivalMemory } = server.services;
    const full = arrivalMemory.hold(GB, async () => ok(await until));
    await leaveHalfway(photo, authorization, length);
    await new Promise((done) => setTimeout(done, 100));
    leave();
    await full;
    const everything = await arrivalMemory.hold(GB, async () => ok('room'));
    expect(everything).toEqual(ok('room'));
  });

  test.each([20_000, 8_000_000])('nor does one that went away after %i bytes', async (length) => {
    const { orderId } = await paid();
    const { authorization } = await server.addStation(school);
    const photo = `${server.url}/v1/orders/${orderId}/photos/${randomUUID()}`;
    await leaveHalfway(photo, authorization, length);
    const { arrivalMemory } = server.services;
    expect(await arrivalMemory.hold(GB, async () => ok('room'))).toEqual(ok('room'));
  });

  test('a station whose upload found no room is told so, and keeps it for later', async () => {
    const { orderId } = await paid();
    const station = await server.stationOf(school);
    const upload = { orderId, photoId: randomUUID(), ...(await makePhoto(4)) };
    const full = vi.spyOn(server.services.arrivalMemory, 'hold');
    full.mockResolvedValueOnce(fail('server.busy'));
    expect(await station.deliverPhoto(upload)).toEqual(fail('server.busy'));
    expect(isRetryable('server.busy')).toBe(true);
    full.mockRestore();
    unwrap(await station.deliverPhoto(upload));
  });
});

/** Begins to send an original of 20 MB and is gone after `length` bytes. */
function leaveHalfway(url: string, authorization: string, length: number): Promise<void> {
  return new Promise((done) => {
    const request = httpRequest(url, {
      method: 'PUT',
      headers: {
        authorization,
        'content-type': 'multipart/form-data; boundary=b',
        'content-length': 20_000_000,
      },
    });
    request.on('error', () => undefined);
    request.on('close', () => done());
    request.write('--b\r\ncontent-disposition: form-data; name="original"; filename="o.jpg"\r\n');
    request.write('content-type: image/jpeg\r\n\r\n');
    request.write(Buffer.alloc(length));
    setTimeout(() => request.destroy(), 300);
  });
}
