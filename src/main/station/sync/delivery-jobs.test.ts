import type { OrderDetail } from '@gradshot/contract';
import { fail, type OnSiteRecord, type OrderState, ok, type Result } from '@gradshot/domain';
import { buildOrderDetail } from '@gradshot/testkit';
import { describe, expect, it } from 'vitest';
import type { DeliverySource } from '../store/delivery-source.ts';
import type { DeliveryKind } from '../store/outbox.ts';
import type { StationClient } from './connection.ts';
import { SEND, uploadLimit } from './delivery-jobs.ts';

const MEGABYTE = 1024 * 1024;

/** The limit in milliseconds under which a photo of that many bytes is sent. */
async function limitFor(bytes: number): Promise<number> {
  let limit = 0;
  const client = {
    async deliverPhoto(_photo: unknown, options: { timeoutMs: number }) {
      limit = options.timeoutMs;
      return ok({});
    },
  } as unknown as StationClient;
  const photo = { meta: {}, original: new Uint8Array(bytes), standard: new Uint8Array(0) };
  const source = { photo: async () => ok(photo) } as unknown as DeliverySource;
  const delivery = { id: 1, kind: 'deliver', orderId: 'o', photoId: 'p', attempts: 0 } as const;
  await SEND.deliver(delivery, client, source, new AbortController().signal);
  return limit;
}

it('gives a large photo the time that it takes on a slow network, or it never arrives', async () => {
  expect(await limitFor(0)).toBe(60_000);
  // A megabit a second.
  expect(await limitFor(20 * MEGABYTE)).toBeGreaterThan(20 * 8 * 1.05 * 1000);
  // Longer than the server listens would only hold up the next try.
  expect(await limitFor(60 * MEGABYTE)).toBe(300_000);
});

it('counts both files of a photo', async () => {
  const files = { original: new Uint8Array(MEGABYTE), standard: new Uint8Array(MEGABYTE) };
  expect(uploadLimit(files)).toBe(60_000 + Math.ceil((2 * MEGABYTE) / 125));
});

const META = {
  original: new Uint8Array(2),
  standard: new Uint8Array(1),
  meta: { capturedAt: 'x' },
};
const LATER = '2026-11-23T03:00:00.000Z';
const TAKEN = Date.parse('2026-11-23T02:00:00.000Z');

/** A server that answers as it is told, and what it was asked. */
type Desk = {
  order: Result<OrderDetail>;
  retaken: Result<OrderDetail>;
  handedIn: Result<OrderDetail>;
  /** One answer for each upload. */
  uploads: Result<unknown>[];
  calls: string[];
  sent: unknown[];
};

function desk(state: OrderState, photoId?: string, changes: Partial<OrderDetail> = {}): Desk {
  const order = buildOrderDetail({
    orderId: 'o',
    state,
    ...(photoId ? { photoId } : {}),
    ...changes,
  });
  return {
    order: ok(order),
    retaken: ok({ ...order, state: 'pendingCapture' }),
    handedIn: ok({ ...order, state: 'verifyingIdentity' }),
    uploads: [],
    calls: [],
    sent: [],
  };
}

const forbidden = fail('order.transitionForbidden', { state: '审核中' });

type Here = {
  photo?: Result<unknown>;
  replaced?: boolean;
  own?: readonly string[];
  onSite?: OnSiteRecord;
};

async function send(kind: DeliveryKind, at: Desk, here: Here = {}) {
  const { signal } = new AbortController();
  const answers: Record<string, () => Result<unknown>> = {
    getOrder: () => at.order,
    retakePhoto: () => at.retaken,
    handInPhoto: () => at.handedIn,
  };
  const client = {
    async deliverPhoto(photo: unknown, options: { signal: AbortSignal }) {
      at.calls.push('upload');
      at.sent.push(photo);
      expect(options.signal).toBe(signal);
      return at.uploads.shift() ?? ok({});
    },
    async call(id: string, input: unknown, options: { signal: AbortSignal }) {
      at.calls.push(id);
      at.sent.push(input);
      expect(options.signal).toBe(signal);
      return answers[id]?.();
    },
  } as unknown as StationClient;
  const source = {
    photo: async () => here.photo ?? ok(META),
    isReplaced: () => here.replaced === true,
    isOwn: (photoId: string) => (here.own ?? ['p', 'earlier']).includes(photoId),
    onSite: () => here.onSite,
    takenAt: () => TAKEN,
  } as unknown as DeliverySource;
  const delivery = { id: 1, kind, orderId: 'o', photoId: 'p', attempts: 0 };
  return SEND[kind](delivery, client, source, signal);
}

const code = (result: Result<unknown>) => (result.ok ? undefined : result.error.code);

it('a photo is handed in with what staff said about it, or with nothing', async () => {
  const onSite = { answers: { 'face.person': 'kept' } } as const;
  for (const here of [{ onSite }, {}]) {
    const at = desk('pendingSubmission', 'p');
    expect((await send('handIn', at, here)).ok).toBe(true);
    expect(at.sent).toEqual([{ params: { orderId: 'o' }, body: { photoId: 'p', ...here } }]);
  }
});

describe('a photo', () => {
  it('is sent once, with its facts, when there is room for it', async () => {
    const at = desk('pendingCapture');
    expect(await send('deliver', at)).toEqual(ok({}));
    expect(at.calls).toEqual(['upload']);
    expect(at.sent).toEqual([{ orderId: 'o', photoId: 'p', ...META }]);
  });

  it('that was replaced is not sent, and one that cannot be read is told of', async () => {
    const at = desk('pendingCapture');
    expect(await send('deliver', at, { photo: ok(undefined) })).toEqual(ok({}));
    const unreadable = fail('photo.unreadable');
    expect(await send('deliver', at, { photo: unreadable })).toEqual(unreadable);
    expect(at.calls).toEqual([]);
  });

  it('that fails for another reason takes nothing back', async () => {
    const at = desk('pendingSubmission', 'earlier');
    at.uploads.push(fail('network.timeout'));
    expect(code(await send('deliver', at))).toBe('network.timeout');
    expect(at.calls).toEqual(['upload']);
  });

  it.each<[OrderState, string]>([
    ['pendingStandardization', 'earlier'],
    ['pendingSubmission', 'earlier'],
    ['rejected', 'earlier'],
    ['rejected', 'p'],
  ])('takes the place of what was not handed in, or rejected: %s with %s', async (state, there) => {
    const at = desk(state, there, { updatedAt: LATER });
    at.uploads.push(forbidden);
    expect(await send('deliver', at)).toEqual(ok({}));
    expect(at.calls).toEqual(['upload', 'getOrder', 'retakePhoto', 'upload']);
    expect(at.sent[1]).toEqual({ params: { orderId: 'o' } });
    expect(at.sent[2]).toEqual({ params: { orderId: 'o' } });
  });

  it('that is there already, however far it got, is not sent twice', async () => {
    for (const state of ['pendingSubmission', 'underReview', 'published'] as const) {
      const at = desk(state, 'p');
      at.uploads.push(forbidden);
      expect(await send('deliver', at)).toEqual(ok({}));
      expect(at.calls).toEqual(['upload', 'getOrder']);
    }
  });

  it.each<OrderState>([
    'pendingCapture',
    'verifyingIdentity',
    'underReview',
    'published',
    'refunded',
  ])('takes nothing back where another one is beyond that: %s', async (state) => {
    const at = desk(state, 'earlier');
    at.uploads.push(forbidden);
    expect(await send('deliver', at)).toEqual(forbidden);
    expect(at.calls).toEqual(['upload', 'getOrder']);
  });

  it('does not displace what was made with a phone after it', async () => {
    const phone = desk('pendingSubmission', 'phone', { updatedAt: LATER });
    phone.uploads.push(forbidden);
    expect(await send('deliver', phone)).toEqual(forbidden);
    expect(phone.calls).toEqual(['upload', 'getOrder']);
    const atOnce = desk('pendingSubmission', 'phone', { updatedAt: new Date(TAKEN).toISOString() });
    atOnce.uploads.push(forbidden);
    expect(await send('deliver', atOnce)).toEqual(ok({}));
    const nothingThere = desk('pendingSubmission', undefined, { updatedAt: LATER });
    nothingThere.uploads.push(forbidden);
    expect(await send('deliver', nothingThere)).toEqual(ok({}));
  });

  it('is sent again later when the server fails on the way', async () => {
    const unknown = desk('pendingSubmission', 'earlier');
    unknown.uploads.push(forbidden);
    unknown.order = fail('network.timeout');
    expect(code(await send('deliver', unknown))).toBe('network.timeout');
    const untaken = desk('pendingSubmission', 'earlier');
    untaken.uploads.push(forbidden);
    untaken.retaken = fail('server.internal');
    expect(code(await send('deliver', untaken))).toBe('server.internal');
    expect(untaken.calls.at(-1)).toBe('retakePhoto');
    const unsent = desk('pendingSubmission', 'earlier');
    unsent.uploads.push(forbidden, fail('network.unreachable'));
    expect(code(await send('deliver', unsent))).toBe('network.unreachable');
  });
});

describe('what was replaced', () => {
  it.each<OrderState>(['pendingStandardization', 'pendingSubmission', 'rejected'])(
    'is taken back: %s',
    async (state) => {
      const at = desk(state, 'p');
      expect(await send('takeBack', at)).toMatchObject({
        value: { change: { orderId: 'o', state: 'pendingCapture' } },
      });
      expect(at.calls).toEqual(['getOrder', 'retakePhoto']);
      expect(at.sent).toEqual([{ params: { orderId: 'o' } }, { params: { orderId: 'o' } }]);
    },
  );

  it.each<[OrderState, string | undefined]>([
    ['underReview', 'p'],
    ['pendingCapture', 'p'],
    ['pendingSubmission', 'later'],
    ['pendingSubmission', undefined],
  ])('is left where it is no longer its turn: %s with %s', async (state, there) => {
    const at = desk(state, there);
    expect(await send('takeBack', at)).toMatchObject({ value: { change: { state } } });
    expect(at.calls).toEqual(['getOrder']);
    expect(at.sent).toEqual([{ params: { orderId: 'o' } }]);
  });

  it('is asked for again when the server fails', async () => {
    const unknown = desk('pendingSubmission', 'p');
    unknown.order = fail('network.timeout');
    expect(code(await send('takeBack', unknown))).toBe('network.timeout');
    const untaken = desk('pendingSubmission', 'p');
    untaken.retaken = fail('server.internal');
    expect(code(await send('takeBack', untaken))).toBe('server.internal');
  });
});

describe('提交', () => {
  it('is sent for its photo, and tells what became of the order', async () => {
    const at = desk('pendingSubmission', 'p');
    expect(await send('handIn', at)).toMatchObject({
      value: { change: { orderId: 'o', state: 'verifyingIdentity' } },
    });
    expect(at.sent).toEqual([{ params: { orderId: 'o' }, body: { photoId: 'p' } }]);
  });

  it('is not sent for a photo that was replaced', async () => {
    const at = desk('pendingSubmission', 'p');
    expect(await send('handIn', at, { replaced: true })).toEqual(ok({}));
    expect(at.calls).toEqual([]);
  });

  const refusals = ['order.transitionForbidden', 'order.locked'] as const;

  it.each(refusals)('whose answer was lost has succeeded: %s', async (refusal) => {
    for (const state of ['verifyingIdentity', 'underReview', 'collected'] as const) {
      const at = desk(state, 'p');
      at.handedIn = fail(refusal);
      expect(await send('handIn', at)).toMatchObject({ value: { change: { state } } });
      expect(at.sent[1]).toEqual({ params: { orderId: 'o' } });
    }
  });

  it.each<[OrderState, string]>([
    ['underReview', 'other'],
    ['rejected', 'p'],
    ['pendingSubmission', 'p'],
  ])('that another photo or state stands against fails: %s with %s', async (state, there) => {
    const at = desk(state, there);
    at.handedIn = forbidden;
    expect(await send('handIn', at)).toEqual(forbidden);
  });

  it('that fails for another reason says so, and so does a server that cannot be asked', async () => {
    const at = desk('underReview', 'p');
    at.handedIn = fail('photo.notFound');
    expect(code(await send('handIn', at))).toBe('photo.notFound');
    expect(at.calls).toEqual(['handInPhoto']);
    at.handedIn = forbidden;
    at.order = fail('network.timeout');
    expect(code(await send('handIn', at))).toBe('network.timeout');
  });
});
