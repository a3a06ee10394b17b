import type { FastifyRequest } from 'fastify';

export const STAFF_COOKIE = 'staff_session';

/**
 * The console's session token of a request; undefined without one. Beside the cookie's own
 * `SameSite`, a request that another site's page has caused is not believed.
 */
export function staffCookie(request: FastifyRequest): string | undefined {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return undefined;
  return request.cookies[STAFF_COOKIE] || undefined;
}
