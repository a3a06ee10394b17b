import type { Payment } from '@gradshot/contract';
import { fail, ok, type Result } from '@gradshot/domain';
import { buildOrderDetail, buildStudent } from '@gradshot/testkit';
import { describe, expect, it } from 'vitest';
import type { GraduateDesk } from '../session/ports.ts';
import type { StationClient } from './connection.ts';
import { createGraduateDesk } from './graduate-desk.ts';

const EXPIRES = '2026-11-23T01:10:00.000Z';
/** The same moment by a clock that is a minute behind the server's. */
const BY_OURS = '2026-11-23T01:09:00.000Z';
const order = buildOrderDetail({
  orderId: 'o',
  state: 'pendingSubmission',
  photoId: 'p',
  promisedAt: EXPIRES,
});
const PAYMENT = {
  ...{ paymentId: 'pay', orderId: 'o', method: 'native', state: 'pending', amountFen: 2500 },
  ...{ codeUrl: 'weixin://1', expiresAt: EXPIRES },
} as Payment;
const student = buildStudent();
const HANDOVER = { qrText: 'gradshot:handover:1', expiresAt: EXPIRES };

const ANSWERS: Record<string, unknown> = {
  resolveCode: { ticket: 't', expiresAt: EXPIRES, student },
  verifyLastFour: { sessionToken: 'token', expiresAt: EXPIRES, student, orders: [order] },
  getOrder: order,
  getService: { priceFen: 2500, items: [], consents: [] },
  giveConsent: { recordedAt: EXPIRES },
  createPayment: PAYMENT,
  getPayment: PAYMENT,
  cancelOrder: { ...order, state: 'cancelled' },
  retakePhoto: { ...order, state: 'pendingCapture' },
  createHandover: HANDOVER,
};

const MINUTE_AHEAD = { skewMs: 60_000 as number | undefined, failing: false };

function open(changes: Partial<typeof MINUTE_AHEAD> = {}) {
  const { skewMs, failing } = { ...MINUTE_AHEAD, ...changes };
  const calls: unknown[] = [];
  const client = {
    async call(id: string, input: unknown, options?: unknown): Promise<Result<unknown>> {
      calls.push([id, input, options]);
      return failing ? fail('network.timeout') : ok(ANSWERS[id]);
    },
  } as unknown as StationClient;
  const desk = createGraduateDesk({
    link: { enrolment: () => undefined, renew: () => undefined, asStation: (call) => call(client) },
    clock: { skewMs: () => skewMs, heard: () => undefined },
  });
  return { desk, calls };
}

type Case = {
  ask: (desk: GraduateDesk) => Promise<Result<unknown>>;
  call: readonly [string, unknown];
  /** Whether the graduate's own session has to be shown. */
  own: boolean;
  /** A visit goes on without its answer: it is waited for only so long. */
  waits?: number;
  value: object;
};

const orderId = 'o';
const shown = { orderId, photoId: 'p', promisedAt: EXPIRES };
const consents = [{ kind: 'service', version: '1' }] as const;

const CASES: Case[] = [
  {
    ask: (desk) => desk.resolveCode({ payload: 'code' }),
    call: ['resolveCode', { body: { payload: 'code' } }],
    own: false,
    value: { ticket: 't', expiresAt: BY_OURS, student: { maskedName: student.maskedName } },
  },
  {
    ask: (desk) => desk.verify('t', '1234'),
    call: ['verifyLastFour', { body: { ticket: 't', lastFour: '1234' } }],
    own: false,
    value: { token: 'token', orders: [shown], student: { school: student.school } },
  },
  {
    ask: (desk) => desk.getOrder('T', orderId),
    call: ['getOrder', { params: { orderId } }],
    own: true,
    waits: 4000,
    value: { ...shown, state: 'pendingSubmission' },
  },
  {
    ask: (desk) => desk.getService('T', orderId),
    call: ['getService', { params: { orderId } }],
    own: true,
    value: { priceFen: 2500 },
  },
  {
    ask: (desk) => desk.giveConsents('T', orderId, consents),
    call: ['giveConsent', { params: { orderId }, body: { consents } }],
    own: true,
    value: {},
  },
  {
    ask: (desk) => desk.createPayment('T', orderId, 'key'),
    call: [
      'createPayment',
      { params: { orderId }, body: { method: 'native', idempotencyKey: 'key' } },
    ],
    own: true,
    value: { paymentId: 'pay', codeUrl: 'weixin://1', expiresAt: BY_OURS },
  },
  {
    ask: (desk) => desk.getPayment('T', 'pay'),
    call: ['getPayment', { params: { paymentId: 'pay' } }],
    own: true,
    value: { state: 'pending', amountFen: 2500, expiresAt: BY_OURS },
  },
  {
    ask: (desk) => desk.cancelOrder('T', orderId),
    call: ['cancelOrder', { params: { orderId } }],
    own: true,
    value: { state: 'cancelled' },
  },
  {
    ask: (desk) => desk.retake('T', orderId),
    call: ['retakePhoto', { params: { orderId } }],
    own: true,
    waits: 4000,
    value: { state: 'pendingCapture' },
  },
  {
    ask: (desk) => desk.createHandover('T', orderId),
    call: ['createHandover', { params: { orderId } }],
    own: true,
    value: { ...HANDOVER, expiresAt: BY_OURS },
  },
];

describe.each(CASES)('$call.0', ({ ask, call, own, waits, value }) => {
  it('reaches the order that it is about, as the one who may', async () => {
    const { desk, calls } = open();
    expect(await ask(desk)).toMatchObject({ ok: true, value });
    const options = {
      ...(own && { authorization: 'Bearer T' }),
      ...(waits && { timeoutMs: waits }),
    };
    expect(calls).toEqual([[...call, own ? options : undefined]]);
  });

  it('says why when the server does not answer', async () => {
    const { desk } = open({ failing: true });
    expect(await ask(desk)).toEqual(fail('network.timeout'));
  });
});

it('leaves on the screen no more of a person and an order than it shows', async () => {
  const { desk } = open();
  const found = await desk.resolveCode({ payload: 'code' });
  expect(found.ok && found.value.student).not.toHaveProperty('studentId');
  const seen = await desk.getOrder('T', orderId);
  expect(seen.ok && Object.keys(seen.value)).not.toContain('student');
  expect(seen.ok && Object.keys(seen.value)).not.toContain('profileVersion');
});

it("takes the server's time as it is before the clocks were compared", async () => {
  const { desk } = open({ skewMs: undefined });
  expect(await desk.createHandover('T', orderId)).toMatchObject({ value: { expiresAt: EXPIRES } });
});

it('shows no code to pay with where the server tells none', async () => {
  const { codeUrl: _none, ...paid } = PAYMENT;
  const client = { call: async () => ok({ ...paid, state: 'paid' }) } as unknown as StationClient;
  const desk = createGraduateDesk({
    link: { enrolment: () => undefined, renew: () => undefined, asStation: (call) => call(client) },
    clock: { skewMs: () => 0, heard: () => undefined },
  });
  expect(await desk.getPayment('T', 'pay')).toMatchObject({
    value: { state: 'paid', codeUrl: '' },
  });
});
