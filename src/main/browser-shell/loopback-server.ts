import { createServer, type IncomingMessage } from 'node:http';
import type { ScreenRole } from '../../shared/index.ts';
import { answerOrTell, closeAll, listen, REQUEST_LIMITS } from '../page-server/listening.ts';
import type { Site } from '../page-server/page-responses.ts';
import { pageSockets, refuseUpgrade, SOCKET_PATH } from '../page-server/page-sockets.ts';
import type { Log, Station } from '../station/api.ts';
import { createEntrance, type Entrance } from './entrance.ts';
import { createPageConnections } from './page-connections.ts';
import { answerPage } from './page-responses.ts';

/** Only the loopback interface: nothing on the campus network reaches the station. */
const LOOPBACK = '127.0.0.1';
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
  const http = createServer(REQUEST_LIMITS);
  const port = await listen(http, options.port, LOOPBACK);
  const site = { origin: `http://${LOOPBACK}:${port}`, host: `${LOOPBACK}:${port}` };
  const entrance = createEntrance(port);
  const sockets = pageSockets();
  const pages = createPageConnections(options.station, options.log);

  http.on('request', (request, response) => {
    const context = { ...options, site, entrance };
    void answerOrTell(response, options.log, () => answerPage(request, response, context));
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
