import { type FailureBody, ROUTES, type RouteDefinition } from '@gradshot/contract';
import type { FastifyInstance } from 'fastify';

/** What goes without saying for every route, and what the frame around them refuses by itself. */
const ANYWHERE =
  /^(request\.(invalid|tooLarge|tooMany)|auth\..*|station\.notEnrolled|server\.internal)$/;

/**
 * Watches every answer of a server: a failure that its route does not declare is one that no client
 * expects. The returned list fills with them.
 */
export function watchAnswers(app: FastifyInstance): readonly string[] {
  const undeclared: string[] = [];
  app.addHook('onSend', async (request, reply, payload) => {
    if (reply.statusCode < 400 || typeof payload !== 'string') return payload;
    const { method, routeOptions } = request;
    const route = Object.values<RouteDefinition>(ROUTES).find(
      (one) => one.method === method && one.path === routeOptions.url,
    );
    const { code } = (JSON.parse(payload) as FailureBody).error;
    if (!route || ANYWHERE.test(code) || route.errors.includes(code)) return payload;
    const found = `${route.id}: ${code}`;
    if (!undeclared.includes(found)) undeclared.push(found);
    return payload;
  });
  return undeclared;
}
