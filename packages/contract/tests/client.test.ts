import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createClient } from '../src/index.ts';

let server: Server | undefined;
afterEach(() => new Promise<void>((done) => (server ? server.close(() => done()) : done())));

type Handler = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void;

async function serve(handler: Handler): Promise<string> {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    handler(request, response, Buffer.concat(chunks));
  });
  await new Promise<void>((done) => server!.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const json = (response: ServerResponse, status: number, body: unknown) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const ID = '00000000-0000-4000-8000-000000000001';
const SHA = 'a'.repeat(64);

test('fills path and query, sends authorisation and body, parses the answer', async () => {
  const seen: string[] = [];
  const baseUrl = await serve((request, response, body) => {
    seen.push(`${request.method} ${request.url} ${request.headers.authorization} ${body}`);
    if (request.method === 'GET')
      json(response, 200, { changes: [], checkpoint: 7, more: false, newer: 'ignored' });
    else json(response, 200, { recordedAt: '2026-01-01T00:00:00.000Z' });
  });
  const client = createClient({ baseUrl, fetch, authorization: () => 'Station a:b' });
  expect(await client.call('pullChanges', { query: { after: 3 } })).toEqual({
    ok: true,
    value: { changes: [], checkpoint: 7, more: false },
  });
  await client.call(
    'giveConsent',
    { params: { orderId: ID }, body: { consents: [{ kind: 'service', version: '1' }] } },
    { authorization: 'Bearer t' },
  );
  expect(seen).toEqual([
    'GET /v1/station/changes?after=3 Station a:b ',
    `PUT /v1/orders/${ID}/consents Bearer t {"consents":[{"kind":"service","version":"1"}]}`,
  ]);
});

test('an answer with a code becomes that failure, with its details', async () => {
  const baseUrl = await serve((_, response) =>
    json(response, 422, {
      error: { code: 'eligibility.lastFourWrong', zh: '…', en: '…', details: { remaining: 2 } },
    }),
  );
  const client = createClient({ baseUrl, fetch });
  expect(await client.call('verifyLastFour', { body: { ticket: 't', lastFour: '1234' } })).toEqual({
    ok: false,
    error: { code: 'eligibility.lastFourWrong', details: { remaining: 2 } },
  });
});

test.each([
  [200, '<html>campus login</html>', 'network.unreachable'],
  [200, '{"orders":"no"}', 'network.unreachable'],
  [502, 'bad gateway', 'network.unreachable'],
  [504, '', 'network.timeout'],
  [413, '<html>', 'request.tooLarge'],
  [429, '', 'request.tooMany'],
  [500, 'x', 'server.internal'],
  [409, '{"error":{"code":"from.the.future","zh":"","en":""}}', 'network.unreachable'],
])('status %i with body %s is %s', async (status, body, code) => {
  const baseUrl = await serve((_, response) => void response.writeHead(status).end(body));
  const result = await createClient({ baseUrl, fetch }).call('listOrders');
  expect(result).toEqual({ ok: false, error: { code } });
});

test('no server is unreachable, a silent one a timeout, a cancelled call rejects', async () => {
  const nobody = createClient({ baseUrl: 'http://127.0.0.1:1', fetch });
  expect(await nobody.call('listOrders')).toEqual({
    ok: false,
    error: { code: 'network.unreachable' },
  });
  const baseUrl = await serve((_, response) => void setTimeout(() => response.end(), 300));
  const slow = createClient({ baseUrl, fetch, timeoutMs: 40 });
  expect(await slow.call('listOrders')).toEqual({ ok: false, error: { code: 'network.timeout' } });
  const cancelled = new AbortController();
  const call = slow.call('listOrders', {}, { signal: cancelled.signal, timeoutMs: 5000 });
  cancelled.abort(new Error('closing'));
  await expect(call).rejects.toThrow('closing');
});

test('uploads meta before both files, with their bytes untouched', async () => {
  let form: FormData | undefined;
  const baseUrl = await serve(async (request, response, body) => {
    form = await new Response(new Uint8Array(body), {
      headers: { 'content-type': request.headers['content-type']! },
    }).formData();
    json(response, 201, {
      photoId: ID,
      orderId: ID,
      originalSha256: SHA,
      standardSha256: SHA,
      accepted: true,
      uploadedAt: '2026-01-01T00:00:00.000Z',
      duplicate: false,
    });
  });
  const result = await createClient({ baseUrl, fetch }).deliverPhoto({
    orderId: ID,
    photoId: ID,
    meta: {
      originalSha256: SHA,
      originalType: 'image/png',
      standardSha256: SHA,
      capturedAt: '2026-01-01T00:00:00.000Z',
      report: {
        accepted: true,
        profile: { id: 'chsi-480x640', version: 1 },
        checks: [],
        timingsMs: {},
        models: {},
        provider: 'cpu',
        engineVersion: '1',
      },
    },
    original: new Uint8Array([1, 2, 0, 255]),
    standard: new Uint8Array([9]),
  });
  expect(result.ok && result.value.duplicate).toBe(false);
  expect([...form!.keys()]).toEqual(['meta', 'original', 'standard']);
  const original = form!.get('original') as File;
  expect(original.type).toBe('image/png');
  expect([...new Uint8Array(await original.arrayBuffer())]).toEqual([1, 2, 0, 255]);
});

test('a file route returns bytes, and nothing but its own type', async () => {
  let type = 'image/jpeg';
  const baseUrl = await serve((_, response) =>
    response.writeHead(200, { 'content-type': type }).end(Buffer.from([255, 216, 0])),
  );
  const client = createClient({ baseUrl, fetch });
  const call = () => client.call('getStandardPhoto', { params: { orderId: ID, photoId: ID } });
  expect(await call()).toEqual({ ok: true, value: new Uint8Array([255, 216, 0]) });
  type = 'text/html';
  expect(await call()).toEqual({ ok: false, error: { code: 'network.unreachable' } });
});
