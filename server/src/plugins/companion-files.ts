import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** Built by `npm run build`. */
export const H5_DIST = fileURLToPath(new URL('../../../miniprogram/dist/h5', import.meta.url));

const NOT_BUILT = 'The companion client has not been built. Run "npm run build".\n';

/**
 * The page may use the camera, show pictures that it has just taken, and compile the code reader;
 * everything else is this server's own. Taro positions elements by style attributes.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "font-src 'self' data:",
  "connect-src 'self' blob: data:",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The graduates' client in a phone's browser, under /h5/; its pages stand behind a `#`. */
export async function addCompanionFiles(app: FastifyInstance, dist = H5_DIST): Promise<void> {
  if (!existsSync(join(dist, 'index.html'))) {
    app.get('/h5/', (_request, reply) => reply.code(503).type('text/plain').send(NOT_BUILT));
    return;
  }
  await app.register(fastifyStatic, {
    root: dist,
    prefix: '/h5/',
    decorateReply: false,
    setHeaders(reply, path) {
      const hashed = /\.[0-9a-f]{8}\.(js|css)$/.test(path);
      reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      reply.header('content-security-policy', POLICY);
      reply.header('permissions-policy', 'camera=(self)');
      // WeChat Pay refuses a payer who comes from nowhere: it is told the origin, and no page of it.
      reply.header('referrer-policy', 'strict-origin');
    },
  });
  app.get('/h5', (_request, reply) => reply.redirect('/h5/'));
  app.get('/', (_request, reply) => reply.redirect('/h5/'));
}
