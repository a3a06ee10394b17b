import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { PassThrough } from 'node:stream';
import { crc32, deflateSync } from 'node:zlib';
import type { Client } from '@gradshot/contract';
import type { MachineCheckCode } from '@gradshot/domain';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { School } from '../src/ports/schools/school-repository.ts';
import { openOnSite } from '../src/services/photos/on-site-records.ts';
import { makeReport } from './in-memory/report.ts';
import { describeOnServersDatabase } from './support/databases.ts';
import { makeJpeg, makePhoto, makeStandard, sha256, type TestPhoto } from './support/pictures.ts';
import {
  enterGraduate,
  enterPaid,
  startTestServer,
  type TestServer,
  unwrap,
} from './support/test-server.ts';

describeOnServersDatabase('photos', (db) => {
  let server: TestServer;
  let school: School;
  let key: string;
  let station: Client;
  beforeAll(async () => {
    server = await startTestServer(db());
    school = await server.addSchool();
    key = (await server.addStation(school)).authorization;
    station = server.client(key);
  });
  afterAll(() => server?.close());

  async function paid() {
    const graduate = await enterPaid(server, school);
    const client = server.client(graduate.authorization);
    const params = { orderId: graduate.orderId };
    return {
      client,
      params,
      upload: (photo: TestPhoto, photoId: string = randomUUID()) =>
        station.deliverPhoto({ ...params, photoId, ...photo }),
      detail: async () => unwrap(await client.call('getOrder', { params })),
      submit: (photoId: string) => client.call('handInPhoto', { params, body: { photoId } }),
      retake: () => client.call('retakePhoto', { params }),
    };
  }

  const withOriginal = async (original: Buffer) => {
    const photo = await makePhoto(1, { original });
    return photo;
  };
  const unchanged = async (order: Awaited<ReturnType<typeof paid>>) => {
    const detail = await order.detail();
    expect(detail.state).toBe('pendingCapture');
    expect(detail.photoId).toBeUndefined();
  };

  test('each bad file has its own refusal and changes nothing', async () => {
    const order = await paid();
    const hugePng = makeEmptyPng(30_000, 30_000);
    const whole = await makeJpeg({ width: 900, height: 1200 });
    const cases: [Buffer, string][] = [
      [Buffer.from('this is a text file named .jpg'), 'photo.notAnImage'],
      [hugePng, 'photo.tooManyPixels'],
      [whole.subarray(0, whole.length / 2), 'photo.unreadable'],
      [Buffer.concat([Buffer.from('\0\0\0\x18ftypheic'), Buffer.alloc(64)]), 'photo.unreadable'],
      [await sharp(whole).resize(64).avif({ effort: 0 }).toBuffer(), 'photo.heicUnsupported'],
      [Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(400)]), 'photo.unreadable'],
    ];
    for (const [original, code] of cases)
      expect(await order.upload(await withOriginal(original))).toMatchObject({ error: { code } });
    await unchanged(order);
  });

  test('a graduate cannot bring a standard photo of their own making', async () => {
    const order = await paid();
    const shot = { ...order.params, photoId: randomUUID(), ...(await makePhoto(16)) };
    expect(await order.client.deliverPhoto(shot)).toMatchObject({
      error: { code: 'auth.forbidden' },
    });
    await unchanged(order);
  });

  test('digests that do not fit are a damaged transfer', async () => {
    const order = await paid();
    const photo = await makePhoto(2);
    const meta = { ...photo.meta, originalSha256: sha256(Buffer.from('other')) };
    expect(await order.upload({ ...photo, meta })).toMatchObject({
      error: { code: 'photo.digestMismatch' },
    });
    await unchanged(order);
  });

  test('a standard photo that is none is refused, with the reason', async () => {
    const order = await paid();
    const make = async (changes: Parameters<typeof makeJpeg>[0], report = {}) => {
      const standard = await makeJpeg(changes);
      const photo = await makePhoto(3, { standard });
      const full = { ...makeReport(standard.length), ...report };
      return { ...photo, meta: { ...photo.meta, report: full } };
    };
    const good = await makeStandard(3);
    const fine = await makePhoto(3, { standard: good });
    const refusals: [TestPhoto, RegExp][] = [
      [await make({ width: 480, height: 641, dpi: 300 }), /480 × 641/],
      [await make({ width: 480, height: 640, dpi: 72, strength: 40, quality: 80 }), /72 dpi/],
      [await make({ width: 480, height: 640, dpi: 300, strength: 1 }), /bytes/],
      [with_(fine, { profile: { id: 'chsi-480x640-white', version: 1 } }), /profile/],
      [with_(fine, { accepted: false }), /accepted/],
      [
        with_(fine, {
          output: { width: 480, height: 640, bytes: good.length, quality: 40, dpi: 300 },
        }),
        /quality 40/,
      ],
    ];
    for (const [photo, reason] of refusals) {
      const result = await order.upload(photo);
      expect(result).toMatchObject({ error: { code: 'photo.notStandard' } });
      if (!result.ok) expect(String(result.error.details?.reason)).toMatch(reason);
    }
    await unchanged(order);
    const small = await make({ width: 480, height: 640, dpi: 300, strength: 1 });
    const admitted = with_(small, {
      checks: [
        {
          code: 'file.size',
          level: 'warn',
          value: 12,
          limit: [30, 40],
          unit: 'KB',
          zh: '。',
          en: '.',
        },
      ],
    });
    expect((await order.upload(admitted)).ok).toBe(true);
  });

  describe('a photo that the machine refused', () => {
    const at = '2026-11-23T01:00:00.000Z';
    const failed = (code: string) => ({
      ...{ code, level: 'fail' as const, value: 9, limit: 8, unit: '' },
      ...{ zh: '没有睁眼。', en: 'Eyes closed.' },
    });
    async function refusedPhoto(
      seed: number,
      codes: readonly string[],
      checks?: readonly string[],
    ) {
      const photo = await makePhoto(seed);
      const reason = { code: codes[0] ?? '', zh: '没有睁眼。', en: 'Eyes closed.' };
      const report = { ...photo.meta.report, accepted: false, reason, checks: codes.map(failed) };
      const release = { checks: checks as MachineCheckCode[], cause: 'health' as const, at };
      const said = checks ? { onSite: { release } } : {};
      return { ...photo, meta: { ...photo.meta, report, ...said } };
    }

    test('arrives where staff released it from all of that, and goes on like every other', async () => {
      const order = await paid();
      const photoId = randomUUID();
      const photo = await refusedPhoto(
        60,
        ['eyes.open', 'mouth.closed'],
        ['mouth.closed', 'eyes.open'],
      );
      expect(unwrap(await order.upload(photo, photoId))).toMatchObject({ accepted: true });
      expect((await order.detail()).state).toBe('pendingSubmission');
      unwrap(await order.submit(photoId));
      const { vault, storage } = server.environment;
      const row = await storage.photos.find(photoId);
      expect(row && openOnSite(vault, row)).toMatchObject({ release: { cause: 'health' } });
    });

    test('is refused without, with less, with more, and with what nobody may release', async () => {
      const order = await paid();
      for (const photo of [
        await refusedPhoto(61, ['eyes.open']),
        await refusedPhoto(61, ['eyes.open', 'mouth.closed'], ['eyes.open']),
        await refusedPhoto(61, ['eyes.open'], ['eyes.open', 'mouth.closed']),
        await refusedPhoto(61, ['picture.sharpness'], ['picture.sharpness']),
      ])
        expect(await order.upload(photo)).toMatchObject({ error: { code: 'photo.notStandard' } });
      const { meta, ...files } = await makePhoto(61);
      const release = { checks: ['eyes.open' as const], cause: 'other' as const, at };
      const accepted = { ...files, meta: { ...meta, onSite: { release } } };
      expect(await order.upload(accepted)).toMatchObject({ error: { code: 'photo.notStandard' } });
      await unchanged(order);
    });

    test('is not handed in with a word that takes the release back', async () => {
      const order = await paid();
      const photoId = randomUUID();
      unwrap(await order.upload(await refusedPhoto(62, ['eyes.open'], ['eyes.open']), photoId));
      const handIn = (onSite: object) =>
        station.call('handInPhoto', { params: order.params, body: { photoId, onSite } });
      const answers = { 'face.person': 'kept' } as const;
      expect(await handIn({ answers })).toMatchObject({ error: { code: 'photo.notStandard' } });
      const release = { checks: ['eyes.open'], cause: 'other', text: '天生眼小', at };
      unwrap(await handIn({ answers, release }));
    });

    test('is released in words that name nobody’s number', async () => {
      const order = await paid();
      const photo = await refusedPhoto(63, ['eyes.open'], ['eyes.open']);
      for (const text of ['手机 13800138000', '长'.repeat(101), '  ']) {
        const release = { checks: ['eyes.open' as const], cause: 'other' as const, text, at };
        const meta = { ...photo.meta, onSite: { release } };
        expect(await order.upload({ ...photo, meta })).toMatchObject({
          error: { code: 'request.invalid' },
        });
      }
    });
  });

  test('the same shot again is a duplicate, another one under its id is refused', async () => {
    const order = await paid();
    const photo = await makePhoto(4);
    const photoId = randomUUID();
    expect(unwrap(await order.upload(photo, photoId)).duplicate).toBe(false);
    expect(unwrap(await order.upload(photo, photoId)).duplicate).toBe(true);
    expect(await order.upload(await makePhoto(5), photoId)).toMatchObject({
      error: { code: 'request.idempotencyMismatch' },
    });
    const events = (await order.detail()).history.map((x) => x.event);
    expect(events).toEqual(['confirmPayment', 'keepPhoto', 'acceptStandardization']);
  });

  test('uploads of one shot at the same time store it once', async () => {
    const order = await paid();
    const photo = await makePhoto(6);
    const photoId = randomUUID();
    const all = await Promise.all(Array.from({ length: 5 }, () => order.upload(photo, photoId)));
    const duplicates = all.map((result) => unwrap(result).duplicate);
    expect(duplicates.filter((duplicate) => !duplicate)).toHaveLength(1);
    expect((await order.detail()).history).toHaveLength(3);
  });

  test('another shot before the submission takes the place of the first', async () => {
    const order = await paid();
    const first = randomUUID();
    const second = randomUUID();
    unwrap(await order.upload(await makePhoto(7), first));
    unwrap(await order.upload(await makePhoto(8), second));
    expect(await order.detail()).toMatchObject({ state: 'pendingSubmission', photoId: second });
    expect(await order.submit(first)).toMatchObject({ error: { code: 'photo.notFound' } });
    expect(unwrap(await order.submit(second)).state).toBe('underReview');
    expect(unwrap(await order.submit(second)).state).toBe('underReview');
    expect(await order.upload(await makePhoto(9))).toMatchObject({
      error: { code: 'order.transitionForbidden' },
    });
    expect(await order.retake()).toMatchObject({ error: { code: 'order.transitionForbidden' } });
  });

  test('重拍 drops the photo, also when repeated', async () => {
    const order = await paid();
    unwrap(await order.upload(await makePhoto(10)));
    expect(unwrap(await order.retake())).toMatchObject({ state: 'pendingCapture' });
    expect(unwrap(await order.retake()).photoId).toBeUndefined();
    expect((await order.upload(await makePhoto(11))).ok).toBe(true);
  });

  test('an unpaid order takes no photo', async () => {
    const graduate = await enterGraduate(server, school);
    const shot = { orderId: graduate.orderId, photoId: randomUUID() };
    const result = await station.deliverPhoto({ ...shot, ...(await makePhoto(12)) });
    expect(result).toMatchObject({ error: { code: 'order.transitionForbidden' } });
  });

  test('somebody else’s photo is not shown, and every look is logged', async () => {
    const order = await paid();
    const other = await paid();
    const photoId = randomUUID();
    unwrap(await order.upload(await makePhoto(13), photoId));
    const look = (client: typeof order.client, orderId: string) =>
      client.call('getStandardPhoto', { params: { orderId, photoId } });
    expect(await look(other.client, order.params.orderId)).toMatchObject({
      error: { code: 'order.notFound' },
    });
    expect(await look(other.client, other.params.orderId)).toMatchObject({
      error: { code: 'photo.notFound' },
    });
    unwrap(await look(order.client, order.params.orderId));
    const log = await db()
      .selectFrom('accessLog')
      .selectAll()
      .where('photoId', '=', photoId)
      .execute();
    expect(log).toMatchObject([{ caller: 'graduate', action: 'viewStandard' }]);
  });

  test('a 200 MB "photo" is cut off early, announced or not', async () => {
    const order = await paid();
    const path = `/v1/orders/${order.params.orderId}/photos/${randomUUID()}`;
    const memory = process.memoryUsage().rss;
    for (const announced of [true, false]) {
      const answer = await sendHuge(server.url + path, key, announced);
      expect(answer).toMatchObject({ status: 413, code: 'photo.tooLargeBytes' });
      expect(answer.sent).toBeLessThan(130 * 1024 * 1024);
    }
    expect(process.memoryUsage().rss - memory).toBeLessThan(400 * 1024 * 1024);
    await unchanged(order);
  });

  test('objects of a refused upload are found and removed, those in use stay', async () => {
    const order = await paid();
    const photo = await makePhoto(14);
    unwrap(await order.upload(photo));
    const left = Buffer.from('left behind by a refused upload');
    const { storage, objects } = server.environment;
    await storage.photos.announceObjects([sha256(left)], server.now());
    await objects.put(left);
    const later = new Date(server.now().getTime() + 60_000);
    const unused = await storage.photos.forgetUnusedObjects(later, 1000);
    expect(unused).toContain(sha256(left));
    expect(unused).not.toContain(photo.meta.originalSha256);
    expect(unused).not.toContain(photo.meta.standardSha256);
  });

  test('a client that goes away in the middle leaves nothing behind', async () => {
    const order = await paid();
    const url = `${server.url}/v1/orders/${order.params.orderId}/photos/${randomUUID()}`;
    await abortHalfway(url, key);
    await unchanged(order);
    expect((await order.upload(await makePhoto(15))).ok).toBe(true);
  });
});

function with_(photo: TestPhoto, report: Partial<TestPhoto['meta']['report']>): TestPhoto {
  return { ...photo, meta: { ...photo.meta, report: { ...photo.meta.report, ...report } } };
}

/** A valid 1-bit PNG, all black: 110 MB of pixels in 110 KB. */
function makeEmptyPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(1, 8);
  const rows = Buffer.alloc((1 + Math.ceil(width / 8)) * height);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const pixels = deflateSync(rows, { level: 1 });
  const end = pngChunk('IEND', Buffer.alloc(0));
  return Buffer.concat([signature, pngChunk('IHDR', header), pngChunk('IDAT', pixels), end]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

const BOUNDARY = 'xxBOUNDARYxx';
const HEAD = `--${BOUNDARY}\r\ncontent-disposition: form-data; name="original"; filename="a.jpg"\r\ncontent-type: image/jpeg\r\n\r\n`;
const HUGE = 200 * 1024 * 1024;

function sendHuge(url: string, authorization: string, announced: boolean) {
  return new Promise<{ status: number; code: string; sent: number }>((done, failed) => {
    let sent = 0;
    const request = httpRequest(url, {
      method: 'PUT',
      headers: {
        authorization,
        'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
        ...(announced ? { 'content-length': HUGE + HEAD.length } : {}),
      },
    });
    const body = new PassThrough();
    request.on('response', async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      body.destroy();
      request.destroy();
      done({ status: response.statusCode ?? 0, code: JSON.parse(text).error.code, sent });
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'ECONNRESET') failed(error);
    });
    const chunk = Buffer.alloc(1024 * 1024, 1);
    const push = () => {
      while (sent < HUGE && !body.destroyed) {
        sent += chunk.length;
        if (!body.write(chunk)) return void body.once('drain', push);
      }
    };
    body.pipe(request);
    body.write(HEAD);
    push();
  });
}

function abortHalfway(url: string, authorization: string): Promise<void> {
  return new Promise((done) => {
    const request = httpRequest(url, {
      method: 'PUT',
      headers: { authorization, 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
    });
    request.on('error', () => undefined);
    request.on('close', () => done());
    request.write(HEAD);
    request.write(Buffer.alloc(100_000), () => setTimeout(() => request.destroy(), 50));
  });
}
