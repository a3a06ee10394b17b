import { once } from 'node:events';
import { createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyReply } from 'fastify';
import { expect, test } from 'vitest';
import { createEventStreams } from './event-streams.ts';

/** Serves one request with `answer`; `leave` ends the client's side. */
async function serveOnce(answer: (raw: ServerResponse, leave: () => void) => Promise<void>) {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = request({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' });
  client.on('error', () => undefined);
  // Without a listener the answer would be read and thrown away.
  client.on('response', (response) => response.pause());
  client.end();
  const [, raw] = (await once(server, 'request')) as [unknown, ServerResponse];
  await answer(raw, () => client.destroy());
  client.destroy();
  server.closeAllConnections();
  server.close();
}

const replyOf = (raw: ServerResponse) =>
  ({ raw, hijack: () => undefined }) as unknown as FastifyReply;

function countedSubscriptions() {
  const open = new Set<object>();
  const subscribe = () => {
    const mark = {};
    open.add(mark);
    return () => void open.delete(mark);
  };
  return { open, subscribe };
}

test('a stream ends with its client', () =>
  serveOnce(async (raw, leave) => {
    const { open, subscribe } = countedSubscriptions();
    createEventStreams().open(replyOf(raw), subscribe);
    expect(open.size).toBe(1);
    leave();
    await once(raw, 'close');
    expect(open.size).toBe(0);
  }));

test('a client that left before its stream was opened leaves nothing behind', () =>
  serveOnce(async (raw, leave) => {
    const { open, subscribe } = countedSubscriptions();
    leave();
    await once(raw, 'close');
    createEventStreams().open(replyOf(raw), subscribe);
    expect(open.size).toBe(0);
  }));

test('a client that reads nothing is cut off, not remembered without end', () =>
  serveOnce(async (raw) => {
    let send: (event: object) => void = () => undefined;
    createEventStreams().open(replyOf(raw), (given) => {
      send = given;
      return () => undefined;
    });
    const event = { topic: 'order', orderId: 'x'.repeat(1000) };
    // The system's own buffers take some megabytes first.
    for (let i = 0; i < 100_000 && !raw.destroyed; i += 1) {
      send(event);
      if (i % 10 === 0) await new Promise((done) => setImmediate(done));
    }
    expect(raw.destroyed).toBe(true);
    expect(raw.writableLength).toBeLessThan(1024 * 1024);
  }));
