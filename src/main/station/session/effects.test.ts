import { type DeliveryState, fail, ok, type Result } from '@gradshot/domain';
import { buildRefusal, buildReport } from '@gradshot/testkit';
import { beforeEach, describe, expect, it } from 'vitest';
import type { OrderView } from '../../../shared/index.ts';
import { keepCode, perform } from './effects.ts';
import type { LocalPhoto, SessionPorts } from './ports.ts';
import type { EffectKind, EffectRequest, Effects } from './state.ts';
import { orderOf, personOf } from './tests/memory-ports.ts';
import { PAYMENT_A, SHOT_A } from './tests/states.ts';

const ORDER = orderOf('A', 'pendingCapture');
const { orderId } = ORDER;
const token = 'token<A>';
const { photoId } = SHOT_A;

const ACCEPTED: LocalPhoto = {
  ...{ step: 'judged', accepted: true, shot: SHOT_A, report: buildReport(), hasStandard: true },
};

let photo: LocalPhoto | undefined;
let delivery: DeliveryState;
let own: readonly string[];
/** What a call of the server, the ledger or the engine brings other than success. */
let answers: Partial<Record<string, Result<unknown>>>;
let calls: unknown[][];

beforeEach(() => {
  photo = undefined;
  delivery = 'queued';
  own = [photoId];
  answers = {};
  calls = [];
});

const VALUES: Readonly<Record<string, unknown>> = {
  verify: { token, student: personOf('A'), orders: [ORDER] },
  getOrder: ORDER,
  getService: { priceFen: 2500, items: [], consents: [] },
  createPayment: PAYMENT_A,
  getPayment: PAYMENT_A,
  cancelOrder: { ...ORDER, state: 'cancelled' },
  retake: ORDER,
  createHandover: { qrText: 'x', expiresAt: 'y' },
  original: Buffer.from('original'),
  standardize: { report: buildReport(), jpeg: Buffer.from('jpeg') },
};

function ports(): SessionPorts {
  const asked = new Proxy({} as Record<string, unknown>, {
    get:
      (_target, name: string) =>
      async (...input: unknown[]) => {
        calls.push([name, ...input]);
        return answers[name] ?? ok(VALUES[name] ?? null);
      },
  });
  const ledger = {
    ...{ keepShot: asked.keepShot, original: asked.original, handIn: asked.handIn },
    replace: asked.replace,
    keepStandard: async (...input: unknown[]) => {
      calls.push(['keepStandard', ...input]);
      if (!answers.keepStandard) photo = ACCEPTED;
      return answers.keepStandard ?? ok(ACCEPTED);
    },
    current: () => photo,
    isOwn: (id: string) => own.includes(id),
    delivery: () => delivery,
  };
  const obstacle = () => undefined;
  const offline = { begin: () => undefined, holds: () => false };
  return { obstacle, desk: asked, offline, ledger, standardizer: asked } as unknown as SessionPorts;
}

const CONTEXT = { signal: new AbortController().signal, onProgress: () => undefined };

async function done<K extends EffectKind>(
  kind: K,
  input: Effects[K]['input'],
): Promise<Result<Effects[K]['value']>> {
  const outcome = await perform({ kind, input } as EffectRequest, { ports: ports(), ...CONTEXT });
  expect(outcome.kind).toBe(kind);
  return outcome.result as Result<Effects[K]['value']>;
}

const names = () => calls.map(([name]) => name);
const unreachable = fail('network.unreachable');

it('looks no further code up for who has left', async () => {
  const codes = [1, 2, 3].map((number) => ({ payload: `sealed-enrolment-of-nobody-${number}` }));
  answers = { resolveCode: fail('code.unknown') };
  expect(await done('resolveCode', { codes })).toEqual(fail('code.unknown'));
  expect(names()).toEqual(codes.map(() => 'resolveCode'));
  calls = [];
  const leaving = new AbortController();
  const context = { ...CONTEXT, ports: ports(), signal: leaving.signal };
  const looking = perform({ kind: 'resolveCode', input: { codes } }, context);
  leaving.abort();
  await looking;
  expect(names()).toEqual(['resolveCode']);
});

describe('what the server tells of orders', () => {
  it('is seen with what lies here, wherever it is told', async () => {
    photo = ACCEPTED;
    const seen = { ...ORDER, local: { photoId, step: 'judged' } };
    expect(await done('verify', { ticket: 't', lastFour: '1234' })).toEqual(
      ok({ token, student: personOf('A'), orders: [seen] }),
    );
    expect(await done('openOrder', { token, order: ORDER })).toEqual(ok(seen));
    expect(await done('cancelOrder', { token, orderId })).toEqual(
      ok({ ...seen, state: 'cancelled' }),
    );
    photo = { ...ACCEPTED, step: 'handedIn' };
    delivery = 'sending';
    expect(await done('openOrder', { token, order: ORDER })).toMatchObject({
      value: { local: { photoId, step: 'handedIn', delivery: 'sending' } },
    });
  });

  it('comes with no more and no less when it cannot be told', async () => {
    answers = { verify: unreachable, cancelOrder: unreachable, createHandover: unreachable };
    expect(await done('verify', { ticket: 't', lastFour: '1234' })).toEqual(unreachable);
    expect(await done('cancelOrder', { token, orderId })).toEqual(unreachable);
    expect(await done('handOver', { token, orderId })).toEqual(unreachable);
  });

  it('is as it was on the list while the server cannot be reached, and only then', async () => {
    answers.getOrder = unreachable;
    photo = ACCEPTED;
    expect(await done('openOrder', { token, order: ORDER })).toMatchObject({
      value: { orderId, local: { step: 'judged' } },
    });
    answers.getOrder = fail('order.notFound');
    expect(await done('openOrder', { token, order: ORDER })).toEqual(fail('order.notFound'));
  });
});

describe('a standard photo that was left here', () => {
  const elsewhere = (changes: Partial<OrderView>) => {
    answers.getOrder = ok({ ...ORDER, ...changes });
    return done('openOrder', { token, order: ORDER });
  };

  it('is given up when it was taken back with a phone', async () => {
    photo = ACCEPTED;
    delivery = 'arrived';
    expect(await elsewhere({})).toMatchObject({ ok: true, value: { orderId } });
    expect(calls).toContainEqual(['replace', photoId]);
    calls.length = 0;
    await elsewhere({ photoId: 'phone' });
    expect(calls).toContainEqual(['replace', photoId]);
    calls.length = 0;
    await elsewhere({ photoId });
    expect(names()).not.toContain('replace');
  });

  it('that could not arrive is given up for one from elsewhere, and for none of its own', async () => {
    photo = ACCEPTED;
    delivery = 'parked';
    await elsewhere({ photoId: 'phone' });
    expect(calls).toContainEqual(['replace', photoId]);
    calls.length = 0;
    own = [photoId, 'earlier'];
    await elsewhere({ photoId: 'earlier' });
    await elsewhere({});
    expect(names()).not.toContain('replace');
  });

  it.each<[string, LocalPhoto | undefined, DeliveryState]>([
    ['there is none', undefined, 'arrived'],
    ['it is on its way', ACCEPTED, 'queued'],
    ['it is being sent', ACCEPTED, 'sending'],
    ['it was handed in', { ...ACCEPTED, step: 'handedIn' }, 'arrived'],
    ['it is not judged', { ...ACCEPTED, step: 'kept' }, 'arrived'],
    ['it was refused', { ...ACCEPTED, accepted: false }, 'arrived'],
  ])('stays where %s', async (_, lies, at) => {
    photo = lies;
    delivery = at;
    await elsewhere({ photoId: 'phone' });
    expect(names()).toEqual(['getOrder']);
  });

  it('stays when the server cannot say; and a full disk is told', async () => {
    photo = ACCEPTED;
    delivery = 'arrived';
    answers.getOrder = unreachable;
    await done('openOrder', { token, order: ORDER });
    expect(names()).toEqual(['getOrder']);
    answers = { getOrder: ok(ORDER), replace: fail('station.diskFull') };
    expect(await done('openOrder', { token, order: ORDER })).toEqual(fail('station.diskFull'));
  });
});

describe('开始采集', () => {
  const begin = (order: OrderView) => done('begin', { token, order });

  it('offers what has to be paid for, if it can be told', async () => {
    const order = orderOf('A', 'pendingPayment');
    const service = { priceFen: 2500, items: [], consents: [] };
    expect(await begin(order)).toEqual(ok({ to: 'service', order, service }));
    expect(calls).toEqual([['getService', token, orderId]]);
    answers.getService = unreachable;
    expect(await begin(order)).toEqual(unreachable);
  });

  it('answers a rejection at the server, or later when it cannot be reached', async () => {
    const order = orderOf('A', 'rejected');
    const place = ok({ to: 'requirements', order: { ...order, state: 'pendingCapture' } });
    expect(await begin(order)).toEqual(place);
    expect(calls).toEqual([['retake', token, orderId]]);
    answers.retake = unreachable;
    expect(await begin(order)).toEqual(place);
    answers.retake = fail('order.transitionForbidden');
    expect(await begin(order)).toEqual(fail('order.transitionForbidden'));
  });

  it('leads to no camera whose photos would be refused, by no way', async () => {
    const refused = { profileVersion: 99_999 };
    for (const state of ['pendingPayment', 'rejected', 'pendingCapture'] as const)
      expect(await begin({ ...orderOf('A', state), ...refused })).toMatchObject({
        error: { code: 'station.profileMismatch' },
      });
    photo = { ...ACCEPTED, step: 'kept' };
    expect(await begin({ ...ORDER, ...refused })).toMatchObject({
      error: { code: 'station.profileMismatch' },
    });
    expect(calls).toEqual([]);
    photo = ACCEPTED;
    expect(await begin({ ...ORDER, ...refused })).toMatchObject({ value: { to: 'judged' } });
  });
});

describe('the payment', () => {
  const consents = [{ kind: 'service', version: '1' }] as const;
  const order = orderOf('A', 'pendingPayment');
  const pay = () => done('pay', { token, order, consents, key: 'key' });
  const refresh = () => done('refreshPayment', { token, order, payment: PAYMENT_A, key: 'key' });

  it('is not asked for before the consents are recorded', async () => {
    expect(await pay()).toEqual(ok({ payment: PAYMENT_A }));
    expect(calls).toEqual([
      ['giveConsents', token, orderId, consents],
      ['createPayment', token, orderId, 'key'],
    ]);
    calls.length = 0;
    answers.giveConsents = unreachable;
    expect(await pay()).toEqual(unreachable);
    expect(names()).toEqual(['giveConsents']);
  });

  it('that was made already is not asked for again', async () => {
    answers.createPayment = fail('payment.alreadyPaid');
    photo = { ...ACCEPTED, step: 'kept' };
    expect(await pay()).toEqual(ok({ paidOrder: { ...ORDER, local: { photoId, step: 'kept' } } }));
    answers.getOrder = unreachable;
    expect(await pay()).toEqual(unreachable);
    answers.createPayment = fail('server.internal');
    expect(await pay()).toEqual(fail('server.internal'));
  });

  it.each(['pending', 'paid'] as const)('that is %s gets no second code', async (state) => {
    answers.getPayment = ok({ ...PAYMENT_A, state, codeUrl: '' });
    expect(await refresh()).toEqual(ok({ payment: { ...PAYMENT_A, state } }));
    expect(names()).toEqual(['getPayment']);
  });

  it.each(['expired', 'closed', 'refunded'] as const)(
    'that is %s gets a new code',
    async (state) => {
      answers.getPayment = ok({ ...PAYMENT_A, state });
      expect(await refresh()).toEqual(ok({ payment: PAYMENT_A }));
      expect(calls).toEqual([
        ['getPayment', token, PAYMENT_A.paymentId],
        ['createPayment', token, orderId, 'key'],
      ]);
    },
  );

  it('that cannot be looked at gets none', async () => {
    answers.getPayment = unreachable;
    expect(await refresh()).toEqual(unreachable);
    expect(names()).toEqual(['getPayment']);
  });

  it('keeps the code’s text when a later look does not repeat it', () => {
    const renewed = { ...PAYMENT_A, codeUrl: 'weixin://2' };
    expect(keepCode(PAYMENT_A, renewed)).toBe(renewed);
    expect(keepCode(PAYMENT_A, { ...PAYMENT_A, state: 'paid', codeUrl: '' })).toEqual({
      ...PAYMENT_A,
      state: 'paid',
    });
  });
});

describe('照片标准化', () => {
  const judge = () => done('judge', { order: orderOf('A', 'pendingStandardization'), photoId });

  it('makes the photo of the original that lies here, once', async () => {
    photo = { step: 'kept', shot: SHOT_A, hasStandard: false };
    const value = {
      ...{ report: ACCEPTED.report, hasStandard: true, accepted: true },
      order: { ...ORDER, local: { photoId, step: 'judged' } },
    };
    expect(await judge()).toEqual(ok(value));
    expect(calls).toEqual([
      ['original', photoId],
      ['standardize', Buffer.from('original'), ORDER.profileId, CONTEXT.onProgress, CONTEXT.signal],
      ['keepStandard', photoId, buildReport(), Buffer.from('jpeg')],
    ]);
    calls.length = 0;
    expect(await judge()).toEqual(ok(value));
    expect(calls).toEqual([]);
  });

  it('takes another photo’s judgement for none of this one', async () => {
    photo = { ...ACCEPTED, shot: { ...SHOT_A, photoId: 'earlier' } };
    await judge();
    expect(names()).toEqual(['original', 'standardize', 'keepStandard']);
  });

  it.each(['original', 'standardize', 'keepStandard'])('says why when %s fails', async (name) => {
    photo = { step: 'kept', shot: SHOT_A, hasStandard: false };
    answers[name] = fail('photo.unreadable');
    expect(await judge()).toEqual(fail('photo.unreadable'));
    expect(names().at(-1)).toBe(name);
  });

  it('never makes up an outcome', async () => {
    photo = { ...ACCEPTED, shot: { ...SHOT_A, photoId: 'earlier' } };
    const lost = ports();
    const ledger = {
      ...lost.ledger,
      keepStandard: async () => ok(ACCEPTED),
      current: () => undefined,
    };
    const effect = { kind: 'judge', input: { order: ORDER, photoId } } as const;
    await expect(perform(effect, { ports: { ...lost, ledger }, ...CONTEXT })).rejects.toThrow(
      'report',
    );
  });
});

describe('a shot', () => {
  it('is kept, replaced and handed in, with the order as it is then', async () => {
    photo = { step: 'kept', shot: SHOT_A, hasStandard: false };
    const shot = { order: ORDER, student: personOf('A'), shot: SHOT_A, picture: Buffer.from('x') };
    const seen = { ...ORDER, local: { photoId, step: 'kept' } };
    expect(await done('keep', shot)).toEqual(ok(seen));
    const order = orderOf('A', 'pendingSubmission');
    photo = undefined;
    expect(await done('replace', { order, photoId })).toEqual(ok(ORDER));
    photo = { ...ACCEPTED, step: 'handedIn' };
    expect(await done('handIn', { order, photoId })).toEqual(
      ok({ ...order, local: { photoId, step: 'handedIn', delivery: 'queued' } }),
    );
    expect(calls).toEqual([
      ['keepShot', shot],
      ['replace', photoId],
      ['handIn', photoId],
    ]);
  });

  it('is not said to be safe when it is not', async () => {
    const full = fail('station.diskFull');
    answers = { keepShot: full, replace: full, handIn: full };
    const shot = { order: ORDER, student: personOf('A'), shot: SHOT_A, picture: Buffer.from('x') };
    expect(await done('keep', shot)).toEqual(full);
    expect(await done('replace', { order: ORDER, photoId })).toEqual(full);
    expect(await done('handIn', { order: ORDER, photoId })).toEqual(full);
  });
});

it('a refused photo is none to go on with', async () => {
  photo = { ...ACCEPTED, accepted: false, report: buildRefusal('pose.roll') };
  expect(await done('begin', { token, order: ORDER })).toEqual(
    ok({ to: 'requirements', order: ORDER }),
  );
});
