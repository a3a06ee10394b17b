import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { ScriptedServer } from './scripted-server.ts';

const DIST = path.resolve(import.meta.dirname, '../../miniprogram/dist/h5');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
};

export type H5Site = { readonly url: string; close(): Promise<void> };

/** The built H5 client and the scripted server under one origin, as the real server has them. */
export async function openH5Site(scripted: ScriptedServer): Promise<H5Site> {
  const server = createServer((request, response) => {
    void (request.url?.startsWith('/v1/')
      ? answerApi(scripted, request, response)
      : answerFile(request, response));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function answerApi(
  scripted: ScriptedServer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = request.url ?? '';
  if (url.startsWith('/v1/events')) {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': open\n\n');
    return;
  }
  if (url.startsWith('/v1/sample/pay')) {
    const back = new URL(url, 'http://site').searchParams.get('redirect_url') ?? '/';
    response.writeHead(302, { location: back }).end();
    return;
  }
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const answer = scripted.answer({
    method: request.method ?? 'GET',
    url,
    authorization: request.headers.authorization,
    body: new Uint8Array(Buffer.concat(parts)),
  });
  if (answer) response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body);
  else request.socket.destroy();
}

async function answerFile(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const name = new URL(request.url ?? '/', 'http://site').pathname;
  const file = path.join(DIST, name === '/' ? 'index.html' : name);
  try {
    const body = await readFile(file);
    const type = TYPES[path.extname(file)] ?? 'application/octet-stream';
    response.writeHead(200, { 'content-type': type }).end(body);
  } catch {
    response.writeHead(404).end();
  }
}
