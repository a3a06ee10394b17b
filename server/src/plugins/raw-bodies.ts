import { ROUTES, type RouteDefinition } from '@gradshot/contract';
import type { FastifyInstance } from 'fastify';

const RAW_PATHS = new Set(
  Object.values<RouteDefinition>(ROUTES)
    .filter((route) => route.upload === 'raw')
    .map((route) => route.path),
);

/**
 * JSON bodies are parsed, except on routes whose sender signs the bytes: these get a `Buffer`, to
 * be verified before anything in it is read.
 */
export function addRawBodies(app: FastifyInstance): void {
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (RAW_PATHS.has(request.routeOptions.url ?? '')) return done(null, body);
    // A call without input may carry the header all the same.
    if (body.length === 0) return done(null, undefined);
    try {
      done(null, JSON.parse(body.toString('utf8')));
    } catch {
      done(Object.assign(new Error('not JSON'), { statusCode: 400 }));
    }
  });
  app.addContentTypeParser(
    'application/octet-stream',
    { parseAs: 'buffer' },
    (_request, body, done) => done(null, body),
  );
}
