import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { Socket } from 'node:net';
import { errorSentence } from '@gradshot/domain';
import type { WebSocket } from 'ws';
import { UNPAIRED_CLOSE } from '../../shared/channels.ts';
import {
  answerOrTell,
  closeAll,
  cookieValue,
  listen,
  REQUEST_LIMITS,
} from '../page-server/listening.ts';
import {
  HTML,
  SCRIPT,
  type Site,
  send,
  sendStatus,
  serveInterface,
  shortBody,
} from '../page-server/page-responses.ts';
import {
  GOING_AWAY,
  pageSockets,
  pagesOf,
  refuseUpgrade,
  type SidePages,
  SOCKET_PATH,
} from '../page-server/page-sockets.ts';
import type { Log, TabletDoor, TabletSide } from '../station/api.ts';
import { PAIRING_PAGE, PAIRING_SCRIPT, PAIRING_STYLE } from './pairing-page.ts';

/** `__Host-`: a browser takes it over HTTPS alone, for this host alone. */
export const TABLET_COOKIE = '__Host-gradshot-tablet';
/** As long as the station remembers a tablet that is not used. */
const COOKIE_SECONDS = 30 * 86_400;
/** A tablet sends words, never pictures. */
const MAX_TABLET_FRAME = 256 * 1024;
/** All tablets together; a reload overlaps with its predecessor. */
const MAX_PAGES = 16;
/** A browser opens six at a time. */
const MAX_CONNECTIONS = 128;
const HANDSHAKE_MS = 10_000;
/** A secret has 22 characters. */
const MAX_CODE_CHARACTERS = 64;
/** Reachable from every network that the machine is on, also one that it joins later. */
const EVERY_INTERFACE = '0.0.0.0';
const STYLE = 'text/css; charset=utf-8';

export type TabletServerOptions = {
  readonly door: TabletDoor;
  readonly certificate: { readonly cert: string; readonly key: string };
  /** 0: any free port. */
  readonly port: number;
  /** Of this machine, as tablets may name it at this moment. */
  readonly hosts: () => readonly string[];
  /** Whether somebody at that address is to be answered. */
  readonly near: (source: string | undefined) => boolean;
  readonly rendererDir: string;
  readonly bridgeFile: string;
  readonly log: Log;
};

export type TabletServer = { readonly port: number; close(): Promise<void> };

/** Serves the desk to paired tablets over HTTPS. Rejects when the port is taken. */
export async function startTabletServer(options: TabletServerOptions): Promise<TabletServer> {
  const { door, log } = options;
  const { cert, key } = options.certificate;
  const https = createServer({
    ...{ ...REQUEST_LIMITS, cert, key },
    ...{ minVersion: 'TLSv1.2', handshakeTimeout: HANDSHAKE_MS },
  });
  https.maxConnections = MAX_CONNECTIONS;
  // Before TLS: whoever is far away learns nothing of the station.
  https.on('connection', (socket: Socket) => {
    if (!options.near(socket.remoteAddress)) socket.destroy();
  });
  // A handshake that a browser gives up (the certificate is asked about) is nobody's failure.
  https.on('tlsClientError', (_error, socket) => socket.destroy());
  const port = await listen(https, options.port, EVERY_INTERFACE);
  const sockets = pageSockets(MAX_TABLET_FRAME);
  const pages = tabletPages(log);

  const siteOf = (request: IncomingMessage): Site | undefined => {
    const host = options
      .hosts()
      .map((each) => `${each}:${port}`)
      .find((each) => each === request.headers.host);
    return host === undefined ? undefined : { host, origin: `https://${host}` };
  };
  https.on('request', (request, response) => {
    void answerOrTell(response, log, () => answer(request, response, { ...options, siteOf }));
  });
  https.on('upgrade', (request, socket, head) => {
    const admitted = admit(request, siteOf(request), door);
    if (typeof admitted === 'string') return refuseUpgrade(socket, admitted);
    if (!pages.hasRoom()) return refuseUpgrade(socket, '503 Service Unavailable');
    sockets.handleUpgrade(request, socket, head, (page) => pages.add(page, admitted));
  });
  return { port, close: () => closeAll(https, pages) };
}

/** As the loopback server asks, and besides whether the tablet is paired; there is one kind of screen here. */
function admit(
  request: IncomingMessage,
  site: Site | undefined,
  door: TabletDoor,
): TabletSide | string {
  if (!site) return '421 Misdirected Request';
  if (request.headers.origin !== site.origin) return '403 Forbidden';
  if (request.url !== SOCKET_PATH) return '404 Not Found';
  return tabletOf(request, door) ?? '401 Unauthorized';
}

function tabletOf(request: IncomingMessage, door: TabletDoor): TabletSide | undefined {
  const token = cookieValue(request.headers.cookie, TABLET_COOKIE);
  return token ? door.recognise(token) : undefined;
}

type AnswerContext = TabletServerOptions & {
  readonly siteOf: (request: IncomingMessage) => Site | undefined;
};

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  context: AnswerContext,
): Promise<void> {
  const site = context.siteOf(request);
  if (!site) return sendStatus(response, 421);
  const { pathname } = new URL(request.url ?? '/', site.origin);
  if (request.method === 'POST' && pathname === '/pair') {
    return await pair(request, response, site, context.door);
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') return sendStatus(response, 405);
  // Browsers ask for it unbidden.
  if (pathname === '/favicon.ico') return sendStatus(response, 204);
  if (pathname === '/pair.js') return send(response, site, SCRIPT, PAIRING_SCRIPT);
  if (pathname === '/pair.css') return send(response, site, STYLE, PAIRING_STYLE);
  if (!tabletOf(request, context.door)) {
    return pathname === '/' ? send(response, site, HTML, PAIRING_PAGE) : sendStatus(response, 401);
  }
  // Its month begins anew with every visit.
  const token = cookieValue(request.headers.cookie, TABLET_COOKIE);
  if (pathname === '/' && token) response.setHeader('set-cookie', cookieOf(token));
  await serveInterface(pathname, response, { ...context, site });
}

async function pair(
  request: IncomingMessage,
  response: ServerResponse,
  site: Site,
  door: TabletDoor,
): Promise<void> {
  if (request.headers.origin !== site.origin) return sendStatus(response, 403);
  const said = await shortBody(request, MAX_CODE_CHARACTERS);
  if (said === undefined) return sendStatus(response, 413);
  const token = await door.pair(said);
  if (!token.ok) {
    const sentences = [errorSentence(token.error, 'zh'), errorSentence(token.error, 'en')];
    return sendStatus(response, 403, sentences.join('\n'));
  }
  response.writeHead(204, { 'set-cookie': cookieOf(token.value), 'cache-control': 'no-store' });
  response.end();
}

function cookieOf(token: string): string {
  return `${TABLET_COOKIE}=${token}; Max-Age=${COOKIE_SECONDS}; HttpOnly; Secure; SameSite=Strict; Path=/`;
}

/** A tablet that is out of reach answers no farewell. */
const FAREWELL_MS = 1000;

function end(page: WebSocket, code: number): void {
  page.close(code);
  const timer = setTimeout(() => page.terminate(), FAREWELL_MS);
  page.on('close', () => clearTimeout(timer));
}

/** The pages of all tablets; those of one are told together, and dropped together when it is unpaired. */
function tabletPages(log: Log) {
  const pages = new Set<WebSocket>();
  const tablets = new Map<TabletSide, SidePages>();
  return {
    hasRoom: () => pages.size < MAX_PAGES,
    add(page: WebSocket, side: TabletSide) {
      const together = tablets.get(side) ?? pagesOf(side, log);
      tablets.set(side, together);
      pages.add(page);
      const gone = side.arrived(() => {
        tablets.delete(side);
        together.close();
        end(page, UNPAIRED_CLOSE);
      });
      page.on('close', () => {
        pages.delete(page);
        gone();
      });
      together.serve(page);
    },
    close() {
      for (const together of tablets.values()) together.close();
      for (const page of pages) end(page, GOING_AWAY);
    },
  };
}
