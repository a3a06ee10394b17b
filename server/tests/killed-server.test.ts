import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from '@gradshot/contract';
import { type Simulators, startSimulators } from '@gradshot/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DATABASE_KINDS, type DatabaseKind } from './support/databases.ts';
import { makeJpeg, makePhoto, sha256, type TestPhoto } from './support/pictures.ts';
import { newPostgresDatabase } from './support/postgres.ts';
import { type ServerProcess, startServerProcess } from './support/server-process.ts';
import { giveConsents, unwrap } from './support/test-server.ts';

/** In the middle of an upload. Starting anew takes the embedded database three times as long. */
const KILLED_AFTER_MS: Readonly<Record<DatabaseKind, readonly number[]>> = {
  embedded: [45],
  postgres: [0, 15, 120],
};

describe.each(DATABASE_KINDS)('a server that is killed (%s)', (kind) => {
  let simulators: Simulators;
  let dataDir: string;
  let server: ServerProcess;
  let station: string;
  let options: Parameters<typeof startServerProcess>[0];
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'gradshot-killed-'));
    simulators = await startSimulators();
    const { gateway, wechatPay } = simulators;
    options = {
      dataDir,
      ...(kind === 'postgres' ? { databaseUrl: await newPostgresDatabase() } : {}),
      gateway: { baseUrl: gateway.url, ...gateway.credentials },
      wechatPay: { ...wechatPay.credentials, baseUrl: wechatPay.url },
    };
    server = await startServerProcess(options);
    const body = { code: server.enrolmentCode, name: '一号机', installationId: randomUUID() };
    const enrolled = unwrap(await connect().call('enrolStation', { body }));
    station = `Station ${enrolled.stationId}:${enrolled.deviceKey}`;
  });
  afterAll(async () => {
    await server?.stop();
    await simulators?.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  const connect = (authorization?: string) =>
    createClient({ baseUrl: server.url, fetch, ...(authorization ? { authorization } : {}) });

  async function enterPaid(index: number) {
    const student = simulators.gateway.students.filter((x) => x.schoolCode === '99001')[index];
    if (!student) throw new Error('too few sample students');
    const payload = simulators.gateway.issueCode(student.studentNumber);
    const { ticket } = unwrap(await connect().call('resolveCode', { body: { payload } }));
    const lastFour = student.idNumber.replace(/[()]/g, '').slice(-4);
    const verified = unwrap(await connect().call('verifyLastFour', { body: { ticket, lastFour } }));
    const orderId = verified.orders[0]!.orderId;
    const authorization = `Bearer ${verified.sessionToken}`;
    await giveConsents(connect(authorization), orderId);
    const payment = unwrap(
      await connect(authorization).call('createPayment', {
        params: { orderId },
        body: { method: 'native', idempotencyKey: randomUUID() },
      }),
    );
    simulators.wechatPay.pay({ codeUrl: payment.codeUrl! });
    await simulators.wechatPay.settle();
    return { orderId, authorization };
  }

  /** Either nothing happened, or everything did. */
  async function expectWhole(order: { orderId: string; authorization: string }, photo: TestPhoto) {
    const client = connect(order.authorization);
    const params = { orderId: order.orderId };
    const detail = unwrap(await client.call('getOrder', { params }));
    if (!detail.photoId) {
      expect(detail.state).toBe('pendingCapture');
      return;
    }
    expect(detail.state).toBe('pendingSubmission');
    const stored = await client.call('getStandardPhoto', {
      params: { ...params, photoId: detail.photoId },
    });
    expect(Buffer.compare(unwrap(stored), photo.standard)).toBe(0);
  }

  test('in the middle of an upload leaves no half state, and the repeat succeeds', async () => {
    for (const [index, delayMs] of KILLED_AFTER_MS[kind].entries()) {
      const order = await enterPaid(index);
      const photo = await makePhoto(100 + index);
      const upload = { orderId: order.orderId, photoId: randomUUID(), ...photo };
      const first = connect(station).deliverPhoto(upload);
      await pause(delayMs);
      await server.kill();
      const outcome = await first;
      server = await startServerProcess(options);
      await expectWhole(order, photo);
      const again = unwrap(await connect(station).deliverPhoto(upload));
      if (outcome.ok) expect(again.duplicate).toBe(true);
      const detail = unwrap(
        await connect(order.authorization).call('getOrder', { params: { orderId: order.orderId } }),
      );
      expect(detail.history.filter((x) => x.event === 'keepPhoto')).toHaveLength(1);
      await expectWhole(order, photo);
    }
    // Every round opens the embedded database anew, which takes seconds on a busy machine.
  }, 240_000);

  test.runIf(kind === 'postgres')(
    'in the middle of standardising: the job is taken again and finishes',
    async () => {
      await server.stop();
      server = await startServerProcess({ ...options, hang: true });
      const order = await enterPaid(6);
      const client = connect(order.authorization);
      const params = { orderId: order.orderId, photoId: randomUUID() };
      const bytes = await makeJpeg({ width: 900, height: 1200, seed: 300 });
      const capturedAt = '2026-11-23T08:00:00.000Z';
      const announced = { size: bytes.length, sha256: sha256(bytes), type: 'image/jpeg' } as const;
      unwrap(await client.call('createUpload', { params, body: { ...announced, capturedAt } }));
      for (let offset = 0; offset < bytes.length; offset += 500_000)
        unwrap(
          await client.sendBytes('appendUpload', {
            params: { ...params, offset },
            bytes: bytes.subarray(offset, offset + 500_000),
          }),
        );
      unwrap(await client.call('completeUpload', { params }));
      unwrap(await client.call('startStandardization', { params }));
      const until = async (state: string) => {
        for (let i = 0; i < 240; i += 1) {
          const again = connect(order.authorization);
          const job = unwrap(await again.call('getStandardization', { params }));
          if (job.state === state) return job;
          await pause(500);
        }
        throw new Error(`never ${state}`);
      };
      expect((await until('running')).progress).toBeGreaterThanOrEqual(0);
      await server.kill();
      server = await startServerProcess(options);
      expect((await until('done')).report?.accepted).toBe(true);
      const detail = unwrap(
        await connect(order.authorization).call('getOrder', { params: { orderId: order.orderId } }),
      );
      expect(detail.state).toBe('pendingSubmission');
    },
    240_000,
  );

  test.runIf(kind === 'embedded')('keeps the lock of the last four characters', async () => {
    const student = simulators.gateway.students.filter((x) => x.schoolCode === '99002')[0];
    const payload = simulators.gateway.issueCode(student?.studentNumber ?? '');
    const { ticket } = unwrap(await connect().call('resolveCode', { body: { payload } }));
    const wrong = { body: { ticket, lastFour: '0000' } };
    for (let i = 0; i < 5; i += 1) await connect().call('verifyLastFour', wrong);
    await server.kill();
    server = await startServerProcess(options);
    const body = { ticket, lastFour: student?.idNumber.slice(-4) ?? '' };
    expect(await connect().call('verifyLastFour', { body })).toMatchObject({
      error: { code: 'eligibility.locked' },
    });
  });
});
