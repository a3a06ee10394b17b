import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { contentSecurityPolicy, securityHeaders } from '../content-security-policy.ts';
import { newNonce, readRendererFile, withNonce } from '../renderer-files.ts';
import type { Entrance } from './entrance.ts';
import { ENTRY_PAGE, ENTRY_SCRIPT } from './entry-page.ts';

/** Where the pages are served. */
export type Site = { readonly origin: string; readonly host: string };

type PageContext = {
  readonly site: Site;
  readonly entrance: Entrance;
  readonly rendererDir: string;
  readonly bridgeFile: string;
};

const BRIDGE_PATH = '/browser-bridge.js';
const ENTRY_PATH = '/entry';
const ENTRY_SCRIPT_PATH = '/entry.js';
/** An entry key has 43 characters. */
const MAX_KEY_CHARACTERS = 100;

const HTML = 'text/html; charset=utf-8';
const SCRIPT = 'text/javascript; charset=utf-8';

/** Answers one HTTP request; the interface's files are for admitted pages only. */
export async function answerPage(
  request: IncomingMessage,
  response: ServerResponse,
  context: PageContext,
): Promise<void> {
  if (request.headers.host !== context.site.host) return sendStatus(response, 421);
  const { pathname } = new URL(request.url ?? '/', context.site.origin);
  if (request.method === 'POST' && pathname === ENTRY_PATH) {
    return await enter(request, response, context);
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') return sendStatus(response, 405);
  // Browsers ask for it unbidden.
  if (pathname === '/favicon.ico') return sendStatus(response, 204);
  if (pathname === ENTRY_SCRIPT_PATH) return send(response, context, SCRIPT, ENTRY_SCRIPT);
  if (!context.entrance.admits(request.headers.cookie)) {
    return pathname === '/' ? send(response, context, HTML, ENTRY_PAGE) : sendStatus(response, 401);
  }
  await serveInterface(pathname, response, context);
}

async function serveInterface(
  pathname: string,
  response: ServerResponse,
  context: PageContext,
): Promise<void> {
  if (pathname === BRIDGE_PATH) {
    return send(response, context, SCRIPT, await readFile(context.bridgeFile));
  }
  const file = await readRendererFile(context.rendererDir, pathname);
  if (!file) return sendStatus(response, 404);
  if (file.type !== HTML) return send(response, context, file.type, file.data);
  const nonce = newNonce();
  send(response, context, HTML, withBridge(withNonce(file.data.toString(), nonce)), nonce);
}

/** The bridge is a plain script, so it has run before the interface's modules start. */
function withBridge(html: string): string {
  return html.replace(/<head[^>]*>/i, (head) => `${head}<script src="${BRIDGE_PATH}"></script>`);
}

async function enter(
  request: IncomingMessage,
  response: ServerResponse,
  context: PageContext,
): Promise<void> {
  if (request.headers.origin !== context.site.origin) return sendStatus(response, 403);
  const key = await shortBody(request);
  const session = key === undefined ? undefined : context.entrance.redeem(key);
  if (session === undefined) return sendStatus(response, 401);
  response.writeHead(204, {
    'set-cookie': `${context.entrance.cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/`,
    'cache-control': 'no-store',
  });
  response.end();
}

/** The body as text, or undefined when it is longer than any key. */
async function shortBody(request: IncomingMessage): Promise<string | undefined> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > MAX_KEY_CHARACTERS) return undefined;
  }
  return text;
}

function send(
  response: ServerResponse,
  context: PageContext,
  type: string,
  body: string | Buffer,
  nonce = newNonce(),
): void {
  // `'self'` covers ws: in current browsers; older Chromium of domestic desktops needs the name.
  const socket = context.site.origin.replace('http:', 'ws:');
  response.writeHead(200, {
    ...securityHeaders(contentSecurityPolicy(nonce, [socket])),
    'content-type': type,
    'cache-control': 'no-store',
  });
  response.end(body);
}

function sendStatus(response: ServerResponse, status: number): void {
  response.writeHead(status, {
    ...securityHeaders("default-src 'none'"),
    'content-type': 'text/plain; charset=utf-8',
    connection: 'close',
  });
  response.end(status === 204 ? undefined : `${status}\n`);
}
