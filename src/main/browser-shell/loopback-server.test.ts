import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail, ok } from '@gradshot/domain';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import type { CommandHandlers } from '../../shared/index.ts';
import { MAX_COMMAND_BYTES } from '../../shared/index.ts';
import { decodeFrame, encodeFrame } from '../../shared/socket-frames.ts';
import { type StandInStation, standInStation } from '../station-stand-in.ts';
import { type LoopbackServer, startLoopbackServer } from './loopback-server.ts';

let folder: string;
let station: StandInStation;
let server: LoopbackServer;

async function start(answers: Partial<CommandHandlers> = {}): Promise<void> {
  station = standInStation(answers);
  server = await startLoopbackServer({
    station,
    port: 0,
    rendererDir: join(folder, 'renderer'),
    bridgeFile: join(folder, 'bridge.js'),
    log: () => {},
  });
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gradshot-shell-'));
  mkdirSync(join(folder, 'renderer/assets'), { recursive: true });
  writeFileSync(
    join(folder, 'renderer/index.html'),
    '<html><head><meta nonce="__CSP_NONCE__"></head></html>',
  );
  writeFileSync(join(folder, 'renderer/assets/zxing.wasm'), 'wasm');
  writeFileSync(join(folder, 'bridge.js'), 'bridge');
  writeFileSync(join(folder, 'station.key'), 'secret');
  symlinkSync(join(folder, 'station.key'), join(folder, 'renderer/link.json'));
});

afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

type Answer = { status: number; headers: Record<string, unknown>; body: string };

/** A raw request: fetch would not let a test choose Host. */
function ask(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: '127.0.0.1', port: server.port, path, method: 'GET', ...options },
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

const origin = () => `http://127.0.0.1:${server.port}`;
const keyOf = (address: string) => new URL(address).hash.slice(1);

async function enter(key: string, from = origin()): Promise<Answer> {
  return await ask('/entry', { method: 'POST', body: key, headers: { origin: from } });
}

async function cookie(): Promise<string> {
  const { headers } = await enter(keyOf(server.address({ once: false })));
  return String(headers['set-cookie']).split(';')[0] ?? '';
}

describe('entering', () => {
  beforeEach(() => start());

  test('without the cookie only the entry page is shown', async () => {
    expect((await ask('/')).body).toContain('entry.js');
    expect((await ask('/index.html')).status).toBe(401);
    expect((await ask('/browser-bridge.js')).status).toBe(401);
  });

  test('a key buys a strict, script-proof cookie that opens the interface', async () => {
    const { status, headers } = await enter(keyOf(server.address({ once: true })));
    expect(status).toBe(204);
    expect(String(headers['set-cookie'])).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
    const page = await ask('/', { headers: { cookie: await cookie() } });
    expect(page.body).toContain('<head><script src="/browser-bridge.js"></script>');
  });

  test('a one-time key is spent by its first use, a lasting one is not', async () => {
    const once = keyOf(server.address({ once: true }));
    expect([(await enter(once)).status, (await enter(once)).status]).toEqual([204, 401]);
    const lasting = keyOf(server.address({ once: false }));
    expect([(await enter(lasting)).status, (await enter(lasting)).status]).toEqual([204, 204]);
  });

  test('a wrong key, a long body and a foreign origin are refused', async () => {
    const key = keyOf(server.address({ once: false }));
    expect((await enter(`${key}x`)).status).toBe(401);
    expect((await enter('')).status).toBe(401);
    expect((await enter('x'.repeat(10_000))).status).toBe(401);
    expect((await enter(key, 'http://evil.example')).status).toBe(403);
    expect((await ask('/entry', { method: 'POST', body: key })).status).toBe(403);
  });

  test('heads beyond 16 kB are refused before they are read', async () => {
    const padded = (length: number) => ask('/', { headers: { 'x-padding': 'x'.repeat(length) } });
    expect((await padded(15_000)).status).toBe(200);
    expect((await padded(17_000)).status).toBe(431);
  });

  test('a cookie of another start is worth nothing', async () => {
    const [name] = (await cookie()).split('=');
    expect((await ask('/index.html', { headers: { cookie: `${name}=forged` } })).status).toBe(401);
  });
});

describe('files', () => {
  beforeEach(() => start());

  test('the policy carries the nonce of its own page, new each time', async () => {
    const headers = { cookie: await cookie() };
    const [one, two] = [await ask('/', { headers }), await ask('/', { headers })];
    const nonce = /nonce="([^"]+)"/.exec(one.body)?.[1];
    expect(String(one.headers['content-security-policy'])).toContain(`'nonce-${nonce}'`);
    expect(one.body).not.toBe(two.body);
    expect(String(one.headers['content-security-policy'])).toContain("default-src 'none'");
    expect(one.headers['x-content-type-options']).toBe('nosniff');
  });

  test('only built files of known types are served', async () => {
    const headers = { cookie: await cookie() };
    const status = async (path: string) => (await ask(path, { headers })).status;
    expect(await status('/assets/zxing.wasm')).toBe(200);
    expect(await status('/../station.key')).toBe(404);
    expect(await status('/%2e%2e/bridge.js')).toBe(404);
    expect(await status('/..%2fbridge.js')).toBe(404);
    expect(await status('/link.json')).toBe(404);
    expect(await status('/assets')).toBe(404);
    expect(await status('/%00.html')).toBe(404);
    expect(await status('/%zz.html')).toBe(404);
    expect((await ask('/index.html', { headers, method: 'DELETE' })).status).toBe(405);
  });

  test('a foreign Host (DNS rebinding) gets nothing, not even the entry page', async () => {
    const headers = { cookie: await cookie() };
    for (const host of [
      'evil.example',
      `evil.example:${server.port}`,
      `localhost:${server.port}`,
    ]) {
      expect((await ask('/', { headers: { ...headers, host } })).status).toBe(421);
    }
  });

  test('listens on the loopback interface alone', async () => {
    const response = fetch(`http://[::1]:${server.port}/`);
    await expect(response).rejects.toThrow();
  });
});

type Page = { socket: WebSocket; next: () => Promise<unknown> };

async function connect(headers: Record<string, string> = {}, path = '/station'): Promise<Page> {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, {
    headers: { origin: origin(), cookie: await cookie(), ...headers },
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

const call = (name: string, payload: unknown, id = 7) =>
  encodeFrame({ kind: 'call', id, name, payload });

describe('the socket', () => {
  test('sends the snapshot at once and every change, to every page', async () => {
    await start();
    const pages = [await connect(), await connect()];
    for (const page of pages) {
      expect(await page.next()).toMatchObject({ kind: 'snapshot', snapshot: { revision: 1 } });
    }
    station.change({ language: 'en' });
    for (const page of pages) {
      expect(await page.next()).toMatchObject({ snapshot: { revision: 2, language: 'en' } });
    }
  });

  test('carries pictures both ways as bytes', async () => {
    const data = new Uint8Array([1, 2, 3]);
    await start({ 'picture.read': async () => ok({ type: 'image/jpeg', data }) });
    const page = await connect();
    await page.next();
    const picture = new Uint8Array(200_000).fill(9);
    page.socket.send(call('session.takeShot', { picture, width: 10, height: 20 }));
    expect(await page.next()).toEqual({ kind: 'result', id: 7, result: ok(null) });
    expect(station.calls[0]?.payload).toEqual({ picture, width: 10, height: 20 });
    const photoId = '5d0b2a3c-6b1f-4f0e-9c39-0d3f1a2b4c5d';
    page.socket.send(call('picture.read', { photoId, kind: 'standard' }));
    expect(await page.next()).toMatchObject({ result: { value: { data } } });
  });

  test('is the graduate’s where its address says so, and nothing of staff’s goes over it', async () => {
    await start();
    const graduate = await connect({}, '/station?screen=graduate');
    const desk = await connect();
    expect(await graduate.next()).toMatchObject({ snapshot: { screen: 'graduate' } });
    expect(await desk.next()).not.toHaveProperty('snapshot.screen');
    expect(station.graduates()).toBe(1);
    graduate.socket.send(call('staff.unlock', { pin: '4711' }));
    expect(await graduate.next()).toMatchObject({ result: fail('staff.atDesk') });
    station.change({ busy: true });
    expect(await graduate.next()).toMatchObject({ snapshot: { screen: 'graduate', busy: true } });
    graduate.socket.close();
    await expect.poll(() => station.graduates()).toBe(0);
  });

  test.each([
    ['wrong secret', { cookie: 'gradshot=wrong' }, '/station', 401],
    ['no cookie', { cookie: '' }, '/station', 401],
    ['wrong origin', { origin: 'http://evil.example' }, '/station', 403],
    ['null origin', { origin: 'null' }, '/station', 403],
    ['rebinding Host', { host: 'evil.example' }, '/station', 421],
    ['another path', {}, '/other', 404],
    ['another screen', {}, '/station?screen=desk', 404],
  ])('refuses %s', async (_what, headers, path, status) => {
    await start();
    await expect(connect(headers, path)).rejects.toThrow(String(status));
  });

  test('answers an unknown command and a malformed payload with failures', async () => {
    await start();
    const page = await connect();
    await page.next();
    for (const name of ['no.such', 'constructor', '__proto__']) {
      page.socket.send(call(name, {}));
      expect(await page.next()).toMatchObject({ result: fail('request.notFound') });
    }
    page.socket.send(call('station.setLanguage', { language: 'fr' }));
    const result = fail('request.invalid', { field: 'language' });
    expect(await page.next()).toMatchObject({ result });
  });

  test.each([
    ['no JSON', 'hello'],
    ['another shape', '{"kind":"call"}'],
    ['a broken binary frame', Buffer.from([9, 0, 0, 0, 1])],
  ])('closes on %s', async (_what, frame) => {
    await start();
    const { socket } = await connect();
    socket.send(frame);
    expect((await once(socket, 'close'))[0]).toBe(1002);
  });

  test('closes on an oversize frame and lives on', async () => {
    await start();
    const { socket } = await connect();
    socket.send(Buffer.alloc(MAX_COMMAND_BYTES + 1024 * 1024));
    socket.on('error', () => {});
    await once(socket, 'close');
    const page = await connect();
    expect(await page.next()).toMatchObject({ kind: 'snapshot' });
  });

  test('has room for a few pages only', async () => {
    await start();
    const pages = await Promise.all([connect(), connect(), connect(), connect()]);
    await expect(connect()).rejects.toThrow('503');
    pages[0]?.socket.close();
    await once(pages[0]!.socket, 'close');
    await expect
      .poll(() =>
        connect().then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
  });

  test('bounds the calls under way', async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    await start({ 'session.enter': () => gate.then(() => ok(null)) });
    const page = await connect();
    await page.next();
    for (let id = 0; id < 33; id += 1) page.socket.send(call('session.enter', {}, id));
    expect(await page.next()).toMatchObject({
      id: 32,
      result: fail('request.tooMany', { seconds: 1 }),
    });
    release();
    expect(await page.next()).toMatchObject({ id: 0, result: ok(null) });
  });
});
