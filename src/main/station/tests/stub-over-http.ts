import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { StubServer } from './stub-server.ts';

/** The stub behind a port of this computer, for a station in another process. */
export async function serveOverHttp(
  stub: StubServer,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const http = createServer((incoming, outgoing) => {
    // A caller that was killed in the middle of its call leaves half a request.
    void answer(stub, incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    async close() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

async function answer(
  stub: StubServer,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const response = await stub.handle(await toRequest(incoming));
  outgoing.writeHead(response.status, { 'content-type': 'application/json' });
  outgoing.end(await response.text());
}

async function toRequest(incoming: IncomingMessage): Promise<Request> {
  const { method = 'GET', headers } = incoming;
  const body = method === 'GET' ? null : await buffer(incoming);
  return new Request(new URL(incoming.url ?? '/', 'http://station.test'), {
    method,
    headers: headers as Record<string, string>,
    body: body?.length ? Uint8Array.from(body) : null,
  });
}
