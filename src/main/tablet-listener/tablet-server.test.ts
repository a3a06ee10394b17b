import { once } from 'node:events';
import { request } from 'node:https';
import { fail } from '@gradshot/domain';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { UNPAIRED_CLOSE } from '../../shared/channels.ts';
import { decodeFrame, encodeFrame } from '../../shared/socket-frames.ts';
import { startTabletServer, TABLET_COOKIE, type TabletServer } from './tablet-server.ts';
import { CODE, type DoorRig, openDoorRig, TOKEN } from './tests/tablet-door.ts';

let rig: DoorRig;
let server: TabletServer;
let near = true;

beforeEach(async () => {
  near = true;
  rig = openDoorRig();
  server = await startTabletServer({
    ...{ door: rig.door, port: 0, ...rig.files, log: () => {} },
    certificate: await rig.door.certificate(),
    hosts: () => ['192.168.1.20', '127.0.0.1'],
    near: () => near,
  });
});
afterEach(async () => {
  await server.close();
  rig.close();
});

const host = () => `127.0.0.1:${server.port}`;
const origin = () => `https://${host()}`;
const cookie = `${TABLET_COOKIE}=${TOKEN}`;

type Answer = { status: number; headers: Record<string, unknown>; body: string };

/** A raw request: fetch would not let a test choose Host. */
function ask(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        ...{ host: '127.0.0.1', port: server.port, path, method: 'GET', agent: false },
        ...{ rejectUnauthorized: false, ...options },
      },
      async (response) => {
        let body = '';
        for await (const chunk of response) body += chunk;
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(options.body);
  });
}

const pairBy = (body: string, from = origin()) =>
  ask('/pair', { method: 'POST', body, headers: { origin: from } });

describe('pairing', () => {
  test('a code buys a cookie for this host and HTTPS alone, that no script reads, for thirty days', async () => {
    const { status, headers } = await pairBy(CODE);
    expect(status).toBe(204);
    expect(String(headers['set-cookie'])).toBe(
      `${cookie}; Max-Age=2592000; HttpOnly; Secure; SameSite=Strict; Path=/`,
    );
  });

  test('a wrong code is told in both languages, and says how often it may be tried', async () => {
    const { status, body } = await pairBy('00000000');
    expect(status).toBe(403);
    expect(body).toContain('还可以试 4 次');
    expect(body).toContain('4 tries left');
  });

  test('a foreign page, a page without an origin and a long body buy nothing', async () => {
    expect((await pairBy(CODE, 'https://evil.example')).status).toBe(403);
    expect((await pairBy(CODE, 'null')).status).toBe(403);
    expect((await ask('/pair', { method: 'POST', body: CODE })).status).toBe(403);
    expect((await pairBy('1'.repeat(65))).status).toBe(413);
  });
});

describe('files', () => {
  test('without the cookie there is the page for the code and nothing else', async () => {
    expect((await ask('/')).body).toContain('pair.js');
    expect((await ask('/pair.js')).status).toBe(200);
    for (const path of ['/index.html', '/browser-bridge.js', '/health', '/assets/a.js'])
      expect([path, (await ask(path)).status]).toEqual([path, 401]);
    const forged = { cookie: `${TABLET_COOKIE}=forged` };
    expect((await ask('/index.html', { headers: forged })).status).toBe(401);
  });

  test('a paired tablet gets the interface, under its policy, and its month begins anew', async () => {
    const page = await ask('/', { headers: { cookie } });
    expect(page.body).toContain('<head><script src="/browser-bridge.js"></script>');
    expect(String(page.headers['content-security-policy'])).toContain(`wss://${host()}`);
    expect(page.headers['x-frame-options']).toBe('DENY');
    expect(String(page.headers['set-cookie'])).toContain('Max-Age=2592000');
  });

  test('and nothing beside it: no file outside, no health, no other method', async () => {
    const status = async (path: string, method = 'GET') =>
      (await ask(path, { headers: { cookie }, method })).status;
    expect(await status('/../station.key')).toBe(404);
    expect(await status('/%2e%2e/station.key')).toBe(404);
    expect(await status('/health')).toBe(404);
    expect(await status('/entry')).toBe(404);
    expect(await status('/index.html', 'DELETE')).toBe(405);
  });

  test('a foreign Host (DNS rebinding) gets nothing, an address of the station’s does', async () => {
    for (const foreign of ['evil.example', `evil.example:${server.port}`, '127.0.0.1:1'])
      expect((await ask('/', { headers: { cookie, host: foreign } })).status).toBe(421);
    const other = { cookie, host: `192.168.1.20:${server.port}` };
    expect((await ask('/', { headers: other })).status).toBe(200);
  });

  test('somebody far away gets not even a handshake', async () => {
    near = false;
    await expect(ask('/')).rejects.toThrow();
  });

  test('heads beyond 16 kB are refused, and so is a request without TLS', async () => {
    const padding = { 'x-padding': 'x'.repeat(17_000) };
    expect((await ask('/', { headers: padding })).status).toBe(431);
    await expect(fetch(`http://${host()}/`)).rejects.toThrow();
  });
});

type Page = { socket: WebSocket; next: () => Promise<unknown> };

async function connect(headers: Record<string, string> = {}, path = '/station'): Promise<Page> {
  const socket = new WebSocket(`wss://${host()}${path}`, {
    headers: { origin: origin(), cookie, ...headers },
    rejectUnauthorized: false,
  });
  const inbox: unknown[] = [];
  const waiting: ((message: unknown) => void)[] = [];
  socket.on('message', (data: Buffer, isBinary) => {
    const message = decodeFrame(isBinary ? data : String(data));
    const wait = waiting.shift();
    if (wait) wait(message);
    else inbox.push(message);
  });
  await once(socket, 'open');
  const next = () =>
    inbox.length > 0
      ? Promise.resolve(inbox.shift())
      : new Promise<unknown>((resolve) => waiting.push(resolve));
  return { socket, next };
}

const call = (name: string, id = 7) => encodeFrame({ kind: 'call', id, name, payload: {} });

describe('the socket', () => {
  test('tells a paired tablet everything that changes, and answers it', async () => {
    const page = await connect();
    expect(await page.next()).toMatchObject({ kind: 'snapshot', snapshot: { revision: 1 } });
    rig.station.change({ busy: true });
    expect(await page.next()).toMatchObject({ snapshot: { busy: true } });
    page.socket.send(call('staff.pressShutter'));
    expect(await page.next()).toMatchObject({ kind: 'result', id: 7, result: { ok: true } });
    expect(rig.station.calls).toMatchObject([{ name: 'staff.pressShutter' }]);
    page.socket.send(call('no.such'));
    expect(await page.next()).toMatchObject({ result: fail('request.notFound') });
    page.socket.close();
    await expect.poll(() => rig.connected()).toBe(0);
  });

  test.each([
    ['no cookie', { cookie: '' }, '/station', 401],
    ['another token', { cookie: `${TABLET_COOKIE}=forged` }, '/station', 401],
    ['a foreign origin', { origin: 'https://evil.example' }, '/station', 403],
    ['the same host without TLS', { origin: 'http://127.0.0.1' }, '/station', 403],
    ['a rebinding Host', { host: 'evil.example' }, '/station', 421],
    ['the graduate’s screen', {}, '/station?screen=graduate', 404],
    ['another path', {}, '/other', 404],
  ])('refuses %s', async (_what, headers, path, status) => {
    await expect(connect(headers, path)).rejects.toThrow(String(status));
  });

  test('closes at once when the tablet is unpaired, and does not open again', async () => {
    const page = await connect();
    await page.next();
    const closed = once(page.socket, 'close');
    rig.unpair();
    expect((await closed)[0]).toBe(UNPAIRED_CLOSE);
    await expect(connect()).rejects.toThrow('401');
    expect((await ask('/', { headers: { cookie } })).body).toContain('pair.js');
  });

  test('ends with a page that sends a picture: no tablet takes any', async () => {
    const page = await connect();
    await page.next();
    const closed = once(page.socket, 'close');
    page.socket.send(new Uint8Array(300_000));
    expect((await closed)[0]).toBe(1009);
  });
});
