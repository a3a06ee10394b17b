import { randomUUID } from 'node:crypto';
import { fail } from '@gradshot/domain';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { School } from '../src/ports/schools/school-repository.ts';
import type { Standardizer } from '../src/ports/standardization/standardizer.ts';
import { applyOrderEvent } from '../src/services/order-life/order-events.ts';
import { createStandardization } from '../src/services/standardization/standardization.ts';
import { describeOnServersDatabase } from './support/databases.ts';
import { makeJpeg, sha256 } from './support/pictures.ts';
import { createInlineQueue, createTestStandardizer } from './support/standardizing.ts';
import { enterPaid, startTestServer, type TestServer, unwrap } from './support/test-server.ts';

describeOnServersDatabase('photos from home', (db) => {
  let server: TestServer;
  let school: School;
  beforeAll(async () => {
    server = await startTestServer(db());
    school = await server.addSchool();
  });
  afterAll(() => server?.close());

  async function paid(on = server, from = school) {
    const graduate = await enterPaid(on, from);
    const client = on.client(graduate.authorization);
    const params = { orderId: graduate.orderId };
    const photo = (photoId: string) => ({ params: { ...params, photoId } });
    return {
      client,
      params,
      photo,
      announce: (photoId: string, bytes: Buffer, digest = sha256(bytes)) =>
        client.call('createUpload', {
          ...photo(photoId),
          body: {
            size: bytes.length,
            sha256: digest,
            type: 'image/jpeg',
            capturedAt: '2026-11-23T08:00:00.000Z',
          },
        }),
      append: (photoId: string, offset: number, bytes: Buffer) =>
        client.sendBytes('appendUpload', { params: { ...params, photoId, offset }, bytes }),
      complete: (photoId: string) => client.call('completeUpload', photo(photoId)),
      standardize: (photoId: string) => client.call('startStandardization', photo(photoId)),
      job: (photoId: string) => client.call('getStandardization', photo(photoId)),
      detail: async () => unwrap(await client.call('getOrder', { params })),
    };
  }
  type Paid = Awaited<ReturnType<typeof paid>>;

  async function sendWhole(order: Paid, photoId: string, bytes: Buffer): Promise<void> {
    const { chunkBytes } = unwrap(await order.announce(photoId, bytes));
    for (let offset = 0; offset < bytes.length; offset += chunkBytes)
      unwrap(await order.append(photoId, offset, bytes.subarray(offset, offset + chunkBytes)));
    unwrap(await order.complete(photoId));
  }

  async function finished(order: Paid, photoId: string) {
    return vi.waitFor(async () => {
      const job = unwrap(await order.job(photoId));
      if (job.state !== 'done' && job.state !== 'failed') throw new Error('the job does not end');
      return job;
    }, 50_000);
  }

  const original = (seed: number) => makeJpeg({ width: 1200, height: 1600, seed, quality: 95 });

  test('an original arrives in chunks, goes on where it stopped, and is standardised', async () => {
    const order = await paid();
    const photoId = randomUUID();
    const bytes = await original(1);
    const { chunkBytes } = unwrap(await order.announce(photoId, bytes));
    expect(bytes.length).toBeGreaterThan(2 * chunkBytes);
    unwrap(await order.append(photoId, 0, bytes.subarray(0, chunkBytes)));
    expect(unwrap(await order.announce(photoId, bytes)).offset).toBe(chunkBytes);
    expect(unwrap(await order.client.call('getUpload', order.photo(photoId))).offset).toBe(
      chunkBytes,
    );
    // A repeated chunk is success, one too far ahead says where to go on.
    unwrap(await order.append(photoId, 0, bytes.subarray(0, chunkBytes)));
    expect(await order.append(photoId, 2 * chunkBytes, bytes.subarray(0, 10))).toEqual(
      fail('upload.offsetMismatch', { offset: chunkBytes }),
    );
    expect(await order.complete(photoId)).toEqual(
      fail('upload.incomplete', { offset: chunkBytes }),
    );
    // One that overlaps adds what is missing.
    unwrap(
      await order.append(
        photoId,
        chunkBytes - 100,
        bytes.subarray(chunkBytes - 100, 2 * chunkBytes),
      ),
    );
    for (let offset = 2 * chunkBytes; offset < bytes.length; offset += chunkBytes)
      unwrap(await order.append(photoId, offset, bytes.subarray(offset, offset + chunkBytes)));
    expect(unwrap(await order.complete(photoId)).state).toBe('complete');
    expect(unwrap(await order.complete(photoId)).state).toBe('complete');
    expect(await order.detail()).toMatchObject({ state: 'pendingStandardization', photoId });

    expect(['queued', 'running', 'done']).toContain(unwrap(await order.standardize(photoId)).state);
    const job = await finished(order, photoId);
    expect(job).toMatchObject({ state: 'done', progress: 1, report: { accepted: true } });
    expect(unwrap(await order.standardize(photoId)).state).toBe('done');
    const standard = unwrap(await order.client.call('getStandardPhoto', order.photo(photoId)));
    expect(sha256(standard)).toBe(job.standard?.sha256);
    const body = { photoId };
    const submitted = unwrap(
      await order.client.call('handInPhoto', { params: order.params, body }),
    );
    expect(submitted.state).toBe('underReview');
    expect((await order.detail()).history.filter((x) => x.event === 'keepPhoto')).toHaveLength(1);
    const kept = await server.environment.objects.get(sha256(bytes));
    expect(kept && Buffer.compare(kept, bytes)).toBe(0);
  });

  test('a chunk sent twice at the same time is stored once', async () => {
    const order = await paid();
    const photoId = randomUUID();
    const bytes = await original(2);
    const { chunkBytes } = unwrap(await order.announce(photoId, bytes));
    const chunk = bytes.subarray(0, chunkBytes);
    await Promise.all(Array.from({ length: 5 }, () => order.append(photoId, 0, chunk)));
    const upload = unwrap(await order.client.call('getUpload', order.photo(photoId)));
    expect(upload.offset).toBe(chunkBytes);
  });

  test('what was damaged on the way, or is no photo, starts again from zero', async () => {
    const order = await paid();
    const bytes = await original(3);
    const damaged = randomUUID();
    unwrap(await order.announce(damaged, bytes, 'a'.repeat(64)));
    for (let offset = 0; offset < bytes.length; offset += 500_000)
      unwrap(await order.append(damaged, offset, bytes.subarray(offset, offset + 500_000)));
    expect(await order.complete(damaged)).toEqual(fail('photo.digestMismatch'));
    expect(unwrap(await order.client.call('getUpload', order.photo(damaged))).offset).toBe(0);
    const cases: [Buffer, string][] = [
      [Buffer.from('a text file'), 'photo.notAnImage'],
      [await makeJpeg({ width: 200, height: 200 }), 'photo.tooSmall'],
      [bytes.subarray(0, 60_000), 'photo.unreadable'],
    ];
    for (const [file, code] of cases) {
      const photoId = randomUUID();
      unwrap(await order.announce(photoId, file));
      unwrap(await order.append(photoId, 0, file));
      expect(await order.complete(photoId)).toMatchObject({ error: { code } });
    }
    expect((await order.detail()).state).toBe('pendingCapture');
  });

  test('an id stands for one upload of one order', async () => {
    const [one, two] = [await paid(), await paid()];
    const photoId = randomUUID();
    const bytes = await original(4);
    unwrap(await one.announce(photoId, bytes));
    const mismatch = fail('request.idempotencyMismatch');
    expect(await one.announce(photoId, await original(5))).toEqual(mismatch);
    expect(await two.announce(photoId, bytes)).toEqual(mismatch);
    expect(await two.client.call('getUpload', two.photo(photoId))).toEqual(fail('photo.notFound'));
    expect(await two.append(photoId, 0, bytes.subarray(0, 10))).toEqual(fail('photo.notFound'));
    expect(await one.standardize(photoId)).toEqual(fail('photo.notFound'));
    const huge = { ...one.photo(randomUUID()) };
    const body = { size: 61 * 1024 * 1024, sha256: 'a'.repeat(64), type: 'image/jpeg' as const };
    expect(
      await one.client.call('createUpload', {
        ...huge,
        body: { ...body, capturedAt: '2026-11-23T08:00:00.000Z' },
      }),
    ).toMatchObject({ error: { code: 'photo.tooLargeBytes', details: { limitMb: 60 } } });
    expect(await one.append(photoId, 0, Buffer.alloc(1024 * 1024 + 1))).toEqual(
      fail('request.tooLarge'),
    );
  });

  test('another shot while the first waits takes its place', async () => {
    const order = await paid();
    const [first, second] = [randomUUID(), randomUUID()];
    await sendWhole(order, first, await original(6));
    await sendWhole(order, second, await original(7));
    expect((await order.detail()).photoId).toBe(second);
    expect(await order.standardize(first)).toEqual(fail('photo.notFound'));
    unwrap(await order.standardize(second));
    expect((await finished(order, second)).state).toBe('done');
    expect((await order.detail()).state).toBe('pendingSubmission');
  });

  test('a refused photo says why and the order waits for another; an engine that fails is tried again', async () => {
    const outcomes = ['refuse', 'fail', 'accept', 'fail', 'fail', 'fail', 'accept'] as const;
    const own = await startTestServer(db(), { standardizer: createTestStandardizer(outcomes) });
    const order = await paid(own, await own.addSchool());
    const refused = randomUUID();
    await sendWhole(order, refused, await original(8));
    unwrap(await order.standardize(refused));
    const verdict = await finished(order, refused);
    expect(verdict).toMatchObject({ state: 'done', report: { accepted: false } });
    expect(verdict.report?.reason?.zh).toBe('请睁开双眼');
    expect(verdict.standard?.bytes).toBeGreaterThan(0);
    expect(await order.detail()).toMatchObject({
      state: 'pendingCapture',
      refusedPhotoId: refused,
    });

    const retried = randomUUID();
    await sendWhole(order, retried, await original(9));
    expect((await order.detail()).refusedPhotoId).toBeUndefined();
    unwrap(await order.standardize(retried));
    expect((await finished(order, retried)).state).toBe('done');
    unwrap(await order.client.call('retakePhoto', { params: order.params }));

    const broken = randomUUID();
    await sendWhole(order, broken, await original(10));
    unwrap(await order.standardize(broken));
    expect(await finished(order, broken)).toMatchObject({
      state: 'failed',
      error: 'imaging.crashed',
    });
    expect((await order.detail()).state).toBe('pendingStandardization');
    unwrap(await order.standardize(broken));
    expect((await finished(order, broken)).state).toBe('done');
    expect((await order.detail()).state).toBe('pendingSubmission');
    await own.close();
  });

  test('of two workers on one photo the first one’s result stands', async () => {
    const inner = createTestStandardizer(['accept', 'accept', 'fail']);
    const waiting: (() => void)[] = [];
    const standardizer: Standardizer = {
      ...inner,
      async standardize(...task) {
        const outcome = await inner.standardize(...task);
        await new Promise<void>((done) => waiting.push(done));
        return outcome;
      },
    };
    const jobs = { ...createInlineQueue(), standardize: async () => undefined };
    const own = await startTestServer(db(), { standardizer, jobs });
    const order = await paid(own, await own.addSchool());
    const photoId = randomUUID();
    await sendWhole(order, photoId, await original(12));
    unwrap(await order.standardize(photoId));
    // The first one was silent for so long that its job was taken again.
    const workers: Promise<void>[] = [];
    for (const begun of [1, 2, 3]) {
      workers.push(own.services.work.run(photoId, false));
      await vi.waitFor(() => expect(waiting.length).toBe(begun), 50_000);
    }
    waiting[0]?.();
    await workers[0];
    unwrap(await order.client.call('handInPhoto', { params: order.params, body: { photoId } }));
    const before = await own.environment.storage.photos.find(photoId);
    waiting[1]?.();
    waiting[2]?.();
    await Promise.allSettled(workers);
    expect(await own.environment.storage.photos.find(photoId)).toEqual(before);
    expect(unwrap(await order.job(photoId))).toMatchObject({ state: 'done', progress: 1 });
    await own.close();
  });

  test('a job that ends while it is asked about is never done without its report', async () => {
    const jobs = { ...createInlineQueue(), standardize: async () => undefined };
    const own = await startTestServer(db(), { jobs });
    const order = await paid(own, await own.addSchool());
    const photoId = randomUUID();
    await sendWhole(order, photoId, await original(13));
    unwrap(await order.standardize(photoId));
    const { storage } = own.environment;
    const endingJobs: typeof storage.jobs = {
      ...storage.jobs,
      async find(id) {
        await own.services.work.run(id, false);
        return storage.jobs.find(id);
      },
    };
    const asked = createStandardization({
      ...own.environment,
      storage: { ...storage, jobs: endingJobs },
    });
    const view = await storage.orders.find(order.params.orderId);
    const job = unwrap(await asked.find(view as NonNullable<typeof view>, photoId));
    expect(job).toMatchObject({ state: 'done', report: { accepted: true } });
    expect(job.standard?.bytes).toBeGreaterThan(0);
    await own.close();
  });

  test('a photo is held against those of the order that were refused or handed in before', async () => {
    const seen: (readonly string[])[] = [];
    const inner = createTestStandardizer(['refuse', 'accept', 'accept']);
    const standardizer: Standardizer = {
      ...inner,
      async standardize(original, profile, onProgress, refusedBefore) {
        seen.push(refusedBefore);
        const outcome = await inner.standardize(original, profile, onProgress, refusedBefore);
        if (outcome.kind === 'failed') return outcome;
        const fingerprint = String(seen.length).repeat(64);
        return { ...outcome, report: { ...outcome.report, fingerprint } };
      },
    };
    const own = await startTestServer(db(), { standardizer });
    const order = await paid(own, await own.addSchool());
    for (const seed of [20, 21, 22]) {
      const photoId = randomUUID();
      await sendWhole(order, photoId, await original(seed));
      unwrap(await order.standardize(photoId));
      await finished(order, photoId);
      // taken again by choice: not refused, so nothing to be held against
      if (seed === 21) unwrap(await order.client.call('retakePhoto', { params: order.params }));
    }
    expect(seen).toEqual([[], ['1'.repeat(64)], ['1'.repeat(64)]]);
    await own.close();
  });

  test('downloads open with the approval: the very bytes, and sheets of them', async () => {
    const order = await paid();
    const photoId = randomUUID();
    await sendWhole(order, photoId, await original(11));
    unwrap(await order.standardize(photoId));
    await finished(order, photoId);
    const { client, params } = order;
    const closed = fail('download.notApproved');
    expect(await client.call('getDownloads', { params })).toEqual(closed);
    expect(await client.call('downloadStandard', { params })).toEqual(closed);
    const sheet = (layout: '5in' | '6in' | 'a4') =>
      client.call('downloadSheet', { params: { ...params, layout } });
    expect(await sheet('5in')).toEqual(closed);
    unwrap(await client.call('handInPhoto', { params, body: { photoId } }));
    await approve(server, params.orderId);

    const list = unwrap(await client.call('getDownloads', { params }));
    expect(list.sheets.map((x) => x.layout)).toEqual(['5in', '6in', 'a4']);
    const standard = unwrap(await client.call('downloadStandard', { params }));
    expect(sha256(standard)).toBe(list.standard.sha256);
    expect(standard.length).toBe(list.standard.bytes);
    for (const { layout, width, height, copies } of list.sheets) {
      expect(copies).toBeGreaterThan(1);
      const metadata = await sharp(unwrap(await sheet(layout))).metadata();
      expect(metadata).toMatchObject({ width, height, density: 300 });
    }
    const log = await db()
      .selectFrom('accessLog')
      .selectAll()
      .where('photoId', '=', photoId)
      .where('action', '=', 'download')
      .execute();
    expect(log).toHaveLength(4);
  });

  test('an upload that is never completed is forgotten', async () => {
    const order = await paid();
    const photoId = randomUUID();
    const bytes = await original(12);
    unwrap(await order.announce(photoId, bytes));
    unwrap(await order.append(photoId, 0, bytes.subarray(0, 1000)));
    const { uploads, photos } = server.environment.storage;
    const later = new Date(server.now().getTime() + 25 * 3_600_000);
    const chunk = sha256(bytes.subarray(0, 1000));
    expect(await photos.forgetUnusedObjects(later, 1000)).not.toContain(chunk);
    await uploads.deleteExpired(later);
    expect(await order.client.call('getUpload', order.photo(photoId))).toEqual(
      fail('photo.notFound'),
    );
    expect(
      await db().selectFrom('uploadChunks').selectAll().where('photoId', '=', photoId).execute(),
    ).toEqual([]);
  });
});

async function approve({ environment }: TestServer, orderId: string): Promise<void> {
  await environment.storage.transaction(async (repositories) => {
    const order = await repositories.orders.lock(orderId);
    if (!order) throw new Error('no such order');
    const at = environment.clock();
    unwrap(
      await applyOrderEvent(repositories, order, {
        event: 'approve',
        actor: 'reviewer',
        actorId: null,
        at,
      }),
    );
  });
}
