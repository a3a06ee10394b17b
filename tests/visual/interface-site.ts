import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { contentSecurityPolicy, securityHeaders } from '../../src/main/content-security-policy.ts';
import { newNonce, readRendererFile, withNonce } from '../../src/main/renderer-files.ts';

const BUILT = join(import.meta.dirname, '../../out/renderer');

export type InterfaceSite = { readonly url: string; close(): Promise<void> };

/** The built interface on a loopback port, under the headers that both shells give it. */
export async function serveInterface(): Promise<InterfaceSite> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = await readRendererFile(BUILT, pathname);
    if (!file) return response.writeHead(404).end();
    const nonce = newNonce();
    const html = file.type.startsWith('text/html');
    response.writeHead(200, {
      ...securityHeaders(contentSecurityPolicy(nonce)),
      'content-type': file.type,
    });
    response.end(html ? withNonce(file.data.toString(), nonce) : file.data);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
