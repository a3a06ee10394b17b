import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  HTML,
  type InterfacePlace,
  SCRIPT,
  send,
  sendStatus,
  serveInterface,
  shortBody,
} from '../page-server/page-responses.ts';
import type { Entrance } from './entrance.ts';
import { ENTRY_PAGE, ENTRY_SCRIPT } from './entry-page.ts';

type PageContext = InterfacePlace & { readonly entrance: Entrance };

const ENTRY_PATH = '/entry';
const ENTRY_SCRIPT_PATH = '/entry.js';
/** An entry key has 43 characters. */
const MAX_KEY_CHARACTERS = 100;

/** Answers one HTTP request; the interface's files are for admitted pages only. */
export async function answerPage(
  request: IncomingMessage,
  response: ServerResponse,
  context: PageContext,
): Promise<void> {
  const { site } = context;
  if (request.headers.host !== site.host) return sendStatus(response, 421);
  const { pathname } = new URL(request.url ?? '/', site.origin);
  if (request.method === 'POST' && pathname === ENTRY_PATH) {
    return await enter(request, response, context);
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') return sendStatus(response, 405);
  // Browsers ask for it unbidden.
  if (pathname === '/favicon.ico') return sendStatus(response, 204);
  if (pathname === ENTRY_SCRIPT_PATH) return send(response, site, SCRIPT, ENTRY_SCRIPT);
  if (!context.entrance.admits(request.headers.cookie)) {
    return pathname === '/' ? send(response, site, HTML, ENTRY_PAGE) : sendStatus(response, 401);
  }
  await serveInterface(pathname, response, context);
}

async function enter(
  request: IncomingMessage,
  response: ServerResponse,
  context: PageContext,
): Promise<void> {
  if (request.headers.origin !== context.site.origin) return sendStatus(response, 403);
  const key = await shortBody(request, MAX_KEY_CHARACTERS);
  const session = key === undefined ? undefined : context.entrance.redeem(key);
  if (session === undefined) return sendStatus(response, 401);
  response.writeHead(204, {
    'set-cookie': `${context.entrance.cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/`,
    'cache-control': 'no-store',
  });
  response.end();
}
