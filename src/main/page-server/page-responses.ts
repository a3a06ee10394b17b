import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { contentSecurityPolicy, securityHeaders } from '../content-security-policy.ts';
import { newNonce, readRendererFile, withNonce } from '../renderer-files.ts';

/** Where the pages are served. */
export type Site = { readonly origin: string; readonly host: string };

export type InterfacePlace = {
  readonly site: Site;
  /** Folder of the built interface. */
  readonly rendererDir: string;
  /** The built script that puts `window.station` on the page. */
  readonly bridgeFile: string;
};

const BRIDGE_PATH = '/browser-bridge.js';

export const HTML = 'text/html; charset=utf-8';
export const SCRIPT = 'text/javascript; charset=utf-8';

/** A file of the interface, and nothing else; the caller has asked who wants it. */
export async function serveInterface(
  pathname: string,
  response: ServerResponse,
  place: InterfacePlace,
): Promise<void> {
  if (pathname === BRIDGE_PATH) {
    return send(response, place.site, SCRIPT, await readFile(place.bridgeFile));
  }
  const file = await readRendererFile(place.rendererDir, pathname);
  if (!file) return sendStatus(response, 404);
  if (file.type !== HTML) return send(response, place.site, file.type, file.data);
  const nonce = newNonce();
  send(response, place.site, HTML, withBridge(withNonce(file.data.toString(), nonce)), nonce);
}

/** The bridge is a plain script, so it has run before the interface's modules start. */
function withBridge(html: string): string {
  return html.replace(/<head[^>]*>/i, (head) => `${head}<script src="${BRIDGE_PATH}"></script>`);
}

/** The body as text, or undefined when it is longer than that. */
export async function shortBody(
  request: IncomingMessage,
  longest: number,
): Promise<string | undefined> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > longest) return undefined;
  }
  return text;
}

export function send(
  response: ServerResponse,
  site: Site,
  type: string,
  body: string | Buffer,
  nonce = newNonce(),
): void {
  // `'self'` covers the socket in current browsers; older Chromium of domestic desktops needs the name.
  const socket = site.origin.replace(/^http/, 'ws');
  response.writeHead(200, {
    ...securityHeaders(contentSecurityPolicy(nonce, [socket])),
    'content-type': type,
    'cache-control': 'no-store',
  });
  response.end(body);
}

export function sendStatus(response: ServerResponse, status: number, text?: string): void {
  response.writeHead(status, {
    ...securityHeaders("default-src 'none'"),
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    connection: 'close',
  });
  response.end(status === 204 ? undefined : (text ?? `${status}\n`));
}
