import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from '../station/api.ts';

/** What a page's server takes of one request: heads of 16 kB, and half a minute for all of it. */
export const REQUEST_LIMITS = { maxHeaderSize: 16 * 1024, requestTimeout: 30_000 } as const;

/** Answers the port; rejects when it is taken. `port` 0: any free one. */
export function listen(http: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, () => {
      http.off('error', reject);
      resolve((http.address() as AddressInfo).port);
    });
  });
}

export function closeAll(http: Server, pages: { close(): void }): Promise<void> {
  pages.close();
  return new Promise((resolve) => {
    http.close(() => resolve());
    http.closeAllConnections();
  });
}

/** A request that throws is a bug: logged, and told as such. */
export async function answerOrTell(
  response: ServerResponse,
  log: Log,
  answer: () => Promise<void>,
): Promise<void> {
  try {
    await answer();
  } catch (error) {
    log('error', 'A page request failed', { error: String(error) });
    if (!response.headersSent) response.writeHead(500);
    response.end();
  }
}

/** `header`: `Cookie` of a request, as received. */
export function cookieValue(header: string | undefined, name: string): string | undefined {
  const pair = (header ?? '')
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`));
  return pair?.slice(name.length + 1);
}
