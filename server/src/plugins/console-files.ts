import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** Built by `npm run build`. */
export const CONSOLE_DIST = fileURLToPath(new URL('../../console/dist', import.meta.url));

/** The build leaves this word wherever a nonce belongs. */
const NONCE_PLACEHOLDER = '__CSP_NONCE__';
const NONCE_BYTES = 16;

const NOT_BUILT = 'The console has not been built. Run "npm run build".\n';

/**
 * The staff console under /console/: hashed files for a year, its one page for every other address
 * below (the page itself knows them). Photos are blobs; nothing is loaded from elsewhere.
 */
export async function addConsoleFiles(app: FastifyInstance, dist = CONSOLE_DIST): Promise<void> {
  const page = await readFile(join(dist, 'index.html'), 'utf8').catch(() => undefined);
  if (!page) {
    app.get('/console', (_request, reply) => reply.code(503).type('text/plain').send(NOT_BUILT));
    return;
  }
  await app.register(fastifyStatic, {
    root: join(dist, 'assets'),
    prefix: '/console/assets/',
    immutable: true,
    maxAge: '365d',
    index: false,
  });
  app.get('/console/icon.svg', async (_request, reply) =>
    reply.type('image/svg+xml').send(await readFile(join(dist, 'icon.svg'))),
  );
  const show = (_request: unknown, reply: FastifyReply) => sendPage(reply, page);
  app.get('/console', (_request, reply) => reply.redirect('/console/'));
  app.get('/console/', show);
  app.get('/console/*', show);
}

function sendPage(reply: FastifyReply, page: string): FastifyReply {
  const nonce = randomBytes(NONCE_BYTES).toString('base64');
  return reply
    .header('content-security-policy', policyOf(nonce))
    .header('cache-control', 'no-store')
    .type('text/html')
    .send(page.replaceAll(NONCE_PLACEHOLDER, nonce));
}

function policyOf(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
