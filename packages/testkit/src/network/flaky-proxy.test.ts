import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import WebSocket, { WebSocketServer } from 'ws';
import { type FlakyProxy, startFlakyProxy } from './flaky-proxy.ts';

const ANSWER = 'answer '.repeat(2000);
let server: Server;
let proxy: FlakyProxy;
/** Bodies that the server received whole. */
let whole: number[];

beforeAll(async () => {
  server = createServer((request, response) => {
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
    });
    request.on('end', () => {
      whole.push(bytes);
      response.end(ANSWER);
    });
    request.on('error', () => undefined);
  });
  new WebSocketServer({ server }).on('connection', (socket) =>
    socket.on('message', (data) => socket.send(`echo ${data}`)),
  );
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  proxy = await startFlakyProxy(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterAll(async () => {
  await proxy.close();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});
beforeEach(() => {
  proxy.heal();
  whole = [];
});

const get = () => fetch(proxy.url).then((response) => response.text());
const send = (bytes: number) =>
  fetch(`${proxy.url}/upload`, { method: 'POST', body: new Uint8Array(bytes) }).then((response) =>
    response.text(),
  );

describe('flaky proxy', () => {
  it('passes everything on while healthy', async () => {
    expect(await get()).toBe(ANSWER);
    expect(await send(3_000_000)).toBe(ANSWER);
    expect(whole).toEqual([0, 3_000_000]);
    expect(proxy.passed.slice(-2)).toEqual(['GET /', 'POST /upload']);
  });

  it('is offline and back', async () => {
    proxy.faults.offline = true;
    await expect(get()).rejects.toThrow();
    expect(whole).toEqual([]);
    proxy.faults.offline = false;
    expect(await get()).toBe(ANSWER);
  });

  it('is silent, and cuts what waited when it is over', async () => {
    proxy.faults.silent = true;
    let over = false;
    const asked = send(10).finally(() => {
      over = true;
    });
    const refused = expect(asked).rejects.toThrow();
    await pause(50);
    expect({ over, whole }).toEqual({ over: false, whole: [] });
    proxy.heal();
    await refused;
    expect(await send(10)).toBe(ANSWER);
    expect(whole).toEqual([10]);
  });

  it('loses a request before the server sees it', async () => {
    proxy.faults.loseNextRequests = 1;
    await expect(send(10)).rejects.toThrow();
    expect(whole).toEqual([]);
    expect(await send(10)).toBe(ANSWER);
  });

  it('loses an answer after the server did its work', async () => {
    proxy.faults.loseNextAnswers = 1;
    await expect(send(10)).rejects.toThrow();
    expect(whole).toEqual([10]);
    expect(await send(10)).toBe(ANSWER);
  });

  it('cuts an upload in the middle', async () => {
    proxy.faults.cutRequestAfterBytes = 100_000;
    await expect(send(3_000_000)).rejects.toThrow();
    expect(whole).toEqual([]);
  });

  it('cuts a download in the middle', async () => {
    proxy.faults.cutAnswerAfterBytes = 5000;
    await expect(get()).rejects.toThrow();
    expect(whole).toEqual([0]);
  });

  it('answers with a login page like a campus network', async () => {
    proxy.faults.captivePortal = true;
    expect(await get()).toContain('campus network');
    expect(whole).toEqual([]);
  });

  it('carries web sockets and cuts them when it goes offline', async () => {
    const socket = new WebSocket(proxy.url.replace('http', 'ws'));
    const reply = new Promise((done) => socket.on('message', (data) => done(String(data))));
    socket.on('open', () => socket.send('hello'));
    expect(await reply).toBe('echo hello');
    const closed = new Promise((done) => socket.on('close', done));
    socket.on('error', () => undefined);
    proxy.faults.offline = true;
    await closed;
  });
});
