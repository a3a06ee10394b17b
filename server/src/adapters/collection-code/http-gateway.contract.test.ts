import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createManualClock,
  type FlakyProxy,
  type GatewaySimulator,
  startFlakyProxy,
  startGatewaySimulator,
} from '@gradshot/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CollectionCodeGateway } from '../../ports/eligibility/collection-code-gateway.ts';
import { createHttpGateway } from './http-gateway.ts';

const clock = createManualClock();
let simulator: GatewaySimulator;
let line: FlakyProxy;
let gateway: CollectionCodeGateway;
const whys: string[] = [];

beforeAll(async () => {
  simulator = await startGatewaySimulator({ now: clock.now });
  line = await startFlakyProxy(simulator.url);
  gateway = connect(line.url);
});
afterAll(async () => {
  await line.close();
  await simulator.close();
});
beforeEach(() => {
  line.heal();
  whys.length = 0;
});

const connect = (baseUrl: string, secret = simulator.credentials.secret) =>
  createHttpGateway({
    baseUrl,
    agencyId: simulator.credentials.agencyId,
    secret,
    timeoutMs: 400,
    now: clock.now,
    report: ({ why }) => whys.push(why),
  });
const failure = (code: string) => ({ ok: false, error: { code } });

describe('collection-code gateway', () => {
  it('tells who holds a code, for every student', async () => {
    for (const student of simulator.students) {
      const result = await gateway.resolve({
        payload: simulator.issueCode(student.studentNumber),
      });
      expect(result).toMatchObject({ ok: true, value: { ...student } });
      if (result.ok)
        expect(result.value.expiresAt.getTime()).toBeGreaterThan(clock.now().getTime());
    }
  });

  it.each([
    ['expired', 'code.expired'],
    ['unknown', 'code.unknown'],
    ['forged', 'code.notCollectionCode'],
  ] as const)('refuses a code that is %s', async (kind, code) => {
    const { studentNumber = '' } = simulator.students[0] ?? {};
    expect(await gateway.resolve({ payload: simulator.issueCode(studentNumber, kind) })).toEqual(
      failure(code),
    );
  });

  it('lets a code expire', async () => {
    const own = createManualClock();
    const aging = await startGatewaySimulator({ now: own.now });
    const payload = aging.issueCode(aging.students[0]?.studentNumber ?? '');
    const asked = createHttpGateway({ baseUrl: aging.url, ...aging.credentials, now: own.now });
    expect((await asked.resolve({ payload })).ok).toBe(true);
    own.advance({ days: 31 });
    expect(await asked.resolve({ payload })).toEqual(failure('code.expired'));
    await aging.close();
  });

  it('takes nothing else for a code', async () => {
    const others = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 400 }),
      fc.webUrl(),
      fc.stringMatching(/^[A-Za-z0-9_-]{150,300}$/),
    );
    await fc.assert(
      fc.asyncProperty(others, async (payload) => {
        expect(await gateway.resolve({ payload })).toEqual(failure('code.notCollectionCode'));
      }),
      { numRuns: 40 },
    );
  });

  it('hands bytes over as bytes, and every character of a text', async () => {
    const { studentNumber = '' } = simulator.students[0] ?? {};
    const payload = simulator.issueCode(studentNumber);
    const payloadBase64 = Buffer.from(payload, 'base64url').toString('base64');
    expect(await gateway.resolve({ payloadBase64 })).toMatchObject({
      ok: true,
      value: { studentNumber },
    });
    for (const other of [`${payload} `, `\ufeff${payload}`, `${payload}\0`])
      expect(await gateway.resolve({ payload: other })).toEqual(failure('code.notCollectionCode'));
  });

  it('does not send what no QR code can hold', async () => {
    const before = line.passed.length;
    expect(await gateway.resolve({ payload: 'x'.repeat(3000) })).toEqual(
      failure('code.notCollectionCode'),
    );
    expect(await gateway.resolve({ payload: ' \n' })).toEqual(failure('code.notCollectionCode'));
    const payloadBase64 = Buffer.alloc(3000).toString('base64');
    expect(await gateway.resolve({ payloadBase64 })).toEqual(failure('code.notCollectionCode'));
    expect(line.passed).toHaveLength(before);
  });
});

describe('collection-code gateway in trouble', () => {
  const payload = () => simulator.issueCode(simulator.students[0]?.studentNumber ?? '');
  const unavailable = failure('code.gatewayUnavailable');

  it.each([
    ['down', { offline: true }, 'unreachable'],
    ['slow', { latencyMs: 2000 }, 'timeout'],
    ['behind a login page', { captivePortal: true }, 'unsigned'],
    ['cutting every answer', { cutAnswerAfterBytes: 10 }, 'unreachable'],
  ] as const)('says so when it is %s', async (_name, faults, why) => {
    Object.assign(line.faults, faults);
    expect(await gateway.resolve({ payload: payload() })).toEqual(unavailable);
    expect(whys).toEqual([why]);
    line.heal();
    expect((await gateway.resolve({ payload: payload() })).ok).toBe(true);
  });

  it('asks once more when a connection that was kept open breaks, and not for ever', async () => {
    let asked = 0;
    const breaking = createServer((request) => {
      asked += 1;
      request.socket.destroy();
    });
    await new Promise<void>((done) => breaking.listen(0, '127.0.0.1', done));
    const { port } = breaking.address() as AddressInfo;
    expect(await connect(`http://127.0.0.1:${port}`).resolve({ payload: payload() })).toEqual(
      unavailable,
    );
    expect(asked).toBe(2);
    breaking.removeAllListeners('request').on('request', (request, response) => {
      asked += 1;
      if (asked === 3) return request.socket.destroy();
      response.writeHead(302, { location: simulator.url }).end();
    });
    expect(await connect(`http://127.0.0.1:${port}`).resolve({ payload: payload() })).toEqual(
      unavailable,
    );
    expect({ asked, whys }).toEqual({ asked: 4, whys: ['unreachable', 'unsigned'] });
    await new Promise((done) => breaking.close(done));
  });

  it('says so when the secret is wrong, or the clock', async () => {
    expect(await connect(line.url, 'w'.repeat(32)).resolve({ payload: payload() })).toEqual(
      unavailable,
    );
    const late = createHttpGateway({
      baseUrl: line.url,
      ...simulator.credentials,
      now: () => new Date(clock.now().getTime() - 301_000),
    });
    expect(await late.resolve({ payload: payload() })).toEqual(unavailable);
  });

  it('refuses to start with a short secret', () => {
    expect(() => connect(line.url, 'short')).toThrow();
  });
});

describe('answers of a stranger in the middle', () => {
  let stranger: Server;
  let answer: { status: number; headers: Record<string, string>; body: string };

  beforeAll(async () => {
    stranger = createServer((request, response) => {
      request.resume().on('end', () => {
        response.writeHead(answer.status, answer.headers).end(answer.body);
      });
    });
    await new Promise<void>((done) => stranger.listen(0, '127.0.0.1', done));
  });
  afterAll(() => new Promise((done) => stranger.close(done)));

  it('are never believed: unsigned, replayed, endless, or a redirect', async () => {
    const { port } = stranger.address() as AddressInfo;
    const asked = connect(`http://127.0.0.1:${port}`);
    const payload = simulator.issueCode(simulator.students[0]?.studentNumber ?? '');
    const now = String(Math.floor(clock.now().getTime() / 1000));
    const signed = { 'x-timestamp': now, 'x-signature': 'a'.repeat(64) };
    const body = JSON.stringify({
      student: simulator.students[0],
      expiresAt: '2030-01-01T00:00:00Z',
    });
    const answers = [
      { status: 200, headers: {}, body },
      { status: 200, headers: signed, body },
      { status: 404, headers: {}, body: '{"error":"unknown_code"}' },
      { status: 200, headers: signed, body: 'x'.repeat(70_000) },
      { status: 302, headers: { location: simulator.url }, body: '' },
      { status: 500, headers: {}, body: '' },
    ];
    for (const given of answers) {
      answer = given;
      expect(await asked.resolve({ payload })).toEqual(failure('code.gatewayUnavailable'));
    }
  });
});
