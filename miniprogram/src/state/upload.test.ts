import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CUT, platformDouble, refuse } from '../../tests/platform-double.ts';
import { createApi } from '../api/api.ts';
import { uploadOriginal } from './upload.ts';

const ORDER = 'order-1';
const PHOTO = 'photo-1';
const BASE = `/v1/orders/${ORDER}/uploads/${PHOTO}`;

/** A server with a memory; `fault` is asked before every call. */
function uploadServer(size: number, sha256: string, fault: () => 'none' | 'cut' | 'lost') {
  let stored = new Uint8Array();
  let complete = false;
  const state = () => ({
    photoId: PHOTO,
    orderId: ORDER,
    size,
    offset: stored.byteLength,
    chunkBytes: 7,
    state: complete ? 'complete' : 'receiving',
    expiresAt: '2099-01-01T00:00:00.000Z',
  });
  /** `cut`: the call never arrived; `lost`: it did, but its answer not. */
  const guarded = (act: (request: never) => unknown) => (request: never) => {
    const kind = fault();
    if (kind === 'cut') return CUT;
    const answer = act(request);
    return kind === 'lost' ? CUT : answer;
  };
  const append = ({ path, body }: { path: string; body: ArrayBuffer }) => {
    const offset = Number(path.split('/').at(-1));
    if (offset > stored.byteLength)
      return refuse('upload.offsetMismatch', { offset: stored.byteLength });
    if (offset === stored.byteLength)
      stored = Uint8Array.from([...stored, ...new Uint8Array(body)]);
    return state();
  };
  const finish = () => {
    if (createHash('sha256').update(stored).digest('hex') !== sha256) {
      stored = new Uint8Array();
      return refuse('photo.digestMismatch');
    }
    complete = true;
    return state();
  };
  const routes = new Proxy<Record<string, unknown>>(
    {
      [`PUT ${BASE}`]: guarded(state),
      [`GET ${BASE}`]: guarded(state),
      [`POST ${BASE}/complete`]: guarded(finish),
    },
    {
      get: (known, key) =>
        String(key).startsWith(`PUT ${BASE}/chunks/`)
          ? guarded(append as never)
          : known[String(key)],
    },
  );
  return { routes, stored: () => stored };
}

function setUp(bytes: Uint8Array, fault: () => 'none' | 'cut' | 'lost') {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const server = uploadServer(bytes.byteLength, sha256, fault);
  const platform = platformDouble(server.routes);
  platform.files.set('shot', bytes);
  const api = createApi(platform.network, {
    token: () => 't',
    renew: async () => false,
    era: () => 0,
  });
  const waits: number[] = [];
  const parts = { platform, api, wait: async (ms: number) => void waits.push(ms), now: () => '' };
  const outgoing = {
    orderId: ORDER,
    photoId: PHOTO,
    picture: { uri: 'shot', size: bytes.byteLength },
    type: 'image/jpeg' as const,
    sha256,
    capturedAt: '2026-11-23T02:00:00.000Z',
  };
  return { parts, outgoing, server, platform, waits };
}

test('whatever breaks and however often, either all bytes arrive or the failure is told', async () => {
  const fault = fc.constantFrom('none', 'none', 'none', 'cut', 'lost') as fc.Arbitrary<
    'none' | 'cut' | 'lost'
  >;
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 1, maxLength: 60 }),
      fc.infiniteStream(fault),
      async (bytes, faults) => {
        const { parts, outgoing, server } = setUp(bytes, () => faults.next().value as 'none');
        const outcome = await uploadOriginal(parts, outgoing, () => undefined);
        if (outcome.ok) expect(server.stored()).toEqual(Uint8Array.from(bytes));
        else expect(outcome.error.code).toBe('network.unreachable');
      },
    ),
    { numRuns: 200 },
  );
});

test('progress grows with the bytes that the server has', async () => {
  const shares: number[] = [];
  const { parts, outgoing } = setUp(new Uint8Array(21), () => 'none');
  await uploadOriginal(parts, outgoing, (share) => shares.push(share));
  expect(shares).toEqual([0, 7 / 21, 14 / 21, 1]);
});

test('a file that is shorter than it said is told, not sent for ever', async () => {
  const { parts, outgoing, platform } = setUp(new Uint8Array(21), () => 'none');
  platform.files.set('shot', new Uint8Array(10));
  expect(await uploadOriginal(parts, outgoing, () => undefined)).toEqual({
    ok: false,
    error: { code: 'photo.unreadable' },
  });
});

test('gives up after growing pauses, so that the person is asked', async () => {
  const { parts, outgoing, waits } = setUp(new Uint8Array(21), () => 'cut');
  const outcome = await uploadOriginal(parts, outgoing, () => undefined);
  expect(outcome).toMatchObject({ ok: false, error: { code: 'network.unreachable' } });
  expect(waits).toEqual([...waits].sort((a, b) => a - b));
});

test('a digest that is wrong twice is told, not repeated for ever', async () => {
  const { parts, outgoing, platform } = setUp(new Uint8Array([1, 2, 3]), () => 'none');
  const outcome = await uploadOriginal(
    parts,
    { ...outgoing, sha256: '0'.repeat(64) },
    () => undefined,
  );
  // The server's own digest stays right; the file on the phone changed under way.
  platform.files.set('shot', new Uint8Array([9, 9, 9]));
  expect(outcome.ok).toBe(true);
  const second = setUp(new Uint8Array([1, 2, 3]), () => 'none');
  second.platform.files.set('shot', new Uint8Array([9, 9, 9]));
  expect(await uploadOriginal(second.parts, second.outgoing, () => undefined)).toEqual({
    ok: false,
    error: { code: 'photo.digestMismatch' },
  });
});
