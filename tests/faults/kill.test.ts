import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fakeJpeg } from '../../src/main/station/imaging/tests/stub-engine.ts';
import { StubServer } from '../../src/main/station/tests/stub-server.ts';

const CODES = ['a', 'b', 'c', 'd', 'e', 'f'];
const STATION = fileURLToPath(new URL('./killed-station.ts', import.meta.url));

let dir: string;
let stub: StubServer;
let http: Server;
let url: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'killed-'));
  stub = new StubServer();
  for (const code of CODES) stub.addOrder({ state: 'pendingCapture' }, code);
  http = createServer((incoming, outgoing) => {
    // A caller that was killed in the middle of its call leaves half a request.
    void answer(incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});
afterEach(async () => {
  http.closeAllConnections();
  http.close();
  await rm(dir, { recursive: true, force: true });
});

async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const response = await stub.handle(await toRequest(incoming));
  outgoing.writeHead(response.status, { 'content-type': 'application/json' });
  outgoing.end(await response.text());
}

async function toRequest(incoming: IncomingMessage): Promise<Request> {
  const { method = 'GET', headers } = incoming;
  const body = method === 'GET' ? null : await buffer(incoming);
  return new Request(new URL(incoming.url ?? '/', url), {
    method,
    headers: headers as Record<string, string>,
    body: body?.length ? Uint8Array.from(body) : null,
  });
}

function startStation(): ChildProcess {
  const args = [STATION, dir, url, join(dir, 'journal'), ...CODES];
  return spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
}

const exitOf = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));

/** Kills at a moment that is not known beforehand: after so many more calls of the server. */
async function killAfter(child: ChildProcess, calls: number, ms: number): Promise<number | null> {
  const target = stub.calls.length + calls;
  const end = exitOf(child);
  let code: number | null | undefined;
  void end.then((value) => {
    code = value;
  });
  while (stub.calls.length < target && code === undefined) await setTimeout(1);
  await setTimeout(ms);
  child.kill('SIGKILL');
  return end;
}

/** Photos of which the station had said so. */
function journal(word: string): readonly string[] {
  const path = join(dir, 'journal');
  const lines = existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
  const found = lines.map((line) => line.split(' ')).filter(([first]) => first === word);
  return found.map(([, , photoId = '']) => photoId);
}

it('killed again and again during upload and submission, it loses and doubles nothing', async () => {
  let finished: number | null = null;
  let kills = 0;
  // Pseudo-random, but the same every time: a failure can be looked at again.
  for (let round = 0; round < 12 && finished !== 0; round++) {
    finished = await killAfter(startStation(), 5 + ((round * 7) % 11), (round * 13) % 40);
    kills += finished === null ? 1 : 0;
  }
  if (finished !== 0) expect(await exitOf(startStation())).toBe(0);
  expect(kills).toBeGreaterThan(3);

  // One photo and one submission for each order, with the bytes of the shot.
  expect(stub.photos.size).toBe(CODES.length);
  expect(new Set(stub.submissions.map((x) => x.orderId)).size).toBe(CODES.length);
  expect(stub.submissions).toHaveLength(CODES.length);
  const codeOf = new Map([...stub.codes].map(([code, { orderIds }]) => [orderIds[0], code]));
  for (const { orderId, original } of stub.photos.values())
    expect(original.equals(fakeJpeg(codeOf.get(orderId) ?? '', 200_000))).toBe(true);
  // Whatever the station had said to be safe has arrived, under the very id.
  const arrived = stub.submissions.map((x) => x.photoId);
  expect(arrived).toEqual(expect.arrayContaining([...journal('kept'), ...journal('submitted')]));
}, 180_000);
