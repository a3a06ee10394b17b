import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { MAX_COMMAND_BYTES, type ScreenRole } from '../../shared/index.ts';
import type { Log, Station } from '../station/api.ts';
import { createEntrance, type Entrance } from './entrance.ts';
import { createPageConnections } from './page-connections.ts';
import { answerPage, type Site } from './page-responses.ts';

/** Only the loopback interface: nothing on the campus network reaches the station. */
const LOOPBACK = '127.0.0.1';
/** The largest pictures and room for their JSON. */
const MAX_FRAME = MAX_COMMAND_BYTES + 64 * 1024;
export const SOCKET_PATH = '/station';
/** The socket's address says whose screen a page is. */
const SOCKETS: Readonly<Record<string, ScreenRole>> = {
  [SOCKET_PATH]: 'desk',
  [`${SOCKET_PATH}?screen=graduate`]: 'graduate',
};

export type LoopbackOptions = {
  readonly station: Station;
  /** 0: any free port. */
  readonly port: number;
  /** Folder of the built interface. */
  readonly rendererDir: string;
  /** The built script that puts `window.station` on the page. */
  readonly bridgeFile: string;
  readonly log: Log;
};

export type LoopbackServer = {
  readonly port: number;
  /** An address to open; see {@link Entrance.issueKey} for `once`. */
  address(options: { readonly once: boolean }): string;
  close(): Promise<void>;
};

/** Serves the interface and its socket on the loopback interface. Rejects when the port is taken. */
export async function startLoopbackServer(options: LoopbackOptions): Promise<LoopbackServer> {
  const http = createServer({ maxHeaderSize: 16 * 1024, requestTimeout: 30_000 });
  const port = await listen(http, options.port);
  const site = { origin: `http://${LOOPBACK}:${port}`, host: `${LOOPBACK}:${port}` };
  const entrance = createEntrance(port);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME,
    perMessageDeflate: false,
  });
  const pages = createPageConnections(options.station, options.log);

  http.on('request', (request, response) => {
    void handleRequest(request, response, { ...options, site, entrance });
  });
  http.on('upgrade', (request, socket, head) => {
    const refusal = upgradeRefusal(request, site, entrance);
    if (refusal) return refuseUpgrade(socket, refusal);
    if (!pages.hasRoom()) return refuseUpgrade(socket, '503 Service Unavailable');
    const role = SOCKETS[request.url ?? ''] ?? 'desk';
    sockets.handleUpgrade(request, socket, head, (page) => pages.add(page, role));
  });

  return {
    port,
    address: (once) => `${site.origin}/#${entrance.issueKey(once)}`,
    close: () => closeAll(http, pages),
  };
}

type RequestContext = LoopbackOptions & { readonly site: Site; readonly entrance: Entrance };

async function handleRequest(
  request: IncomingMessage,
  response: ServerResponse,
  context: RequestContext,
): Promise<void> {
  try {
    await answerPage(request, response, context);
  } catch (error) {
    context.log('error', 'A page request failed', { error: String(error) });
    if (!response.headersSent) response.writeHead(500);
    response.end();
  }
}

/**
 * A name that an attacker points to 127.0.0.1 arrives with its own Host (DNS rebinding), a foreign
 * page arrives with its own Origin, and neither has the cookie. All three are asked.
 */
function upgradeRefusal(
  request: IncomingMessage,
  site: Site,
  entrance: Entrance,
): string | undefined {
  if (request.headers.host !== site.host) return '421 Misdirected Request';
  if (request.headers.origin !== site.origin) return '403 Forbidden';
  if (!Object.hasOwn(SOCKETS, request.url ?? '')) return '404 Not Found';
  return entrance.admits(request.headers.cookie) ? undefined : '401 Unauthorized';
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function listen(http: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, LOOPBACK, () => {
      http.off('error', reject);
      resolve((http.address() as AddressInfo).port);
    });
  });
}

function closeAll(http: Server, pages: { close(): void }): Promise<void> {
  pages.close();
  return new Promise((resolve) => {
    http.close(() => resolve());
    http.closeAllConnections();
  });
}
