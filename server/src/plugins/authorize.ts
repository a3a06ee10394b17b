import type { Caller, RouteDefinition } from '@gradshot/contract';
import { fail, ok, type Result } from '@gradshot/domain';
import type { FastifyRequest } from 'fastify';
import type { CallerIdentity } from '../ports/caller.ts';
import type { Authentication } from '../services/authentication.ts';

/** Whoever the `Authorization` header proves to call; `public` without one. */
async function identify(
  authentication: Authentication,
  request: FastifyRequest,
): Promise<Result<CallerIdentity>> {
  const header = request.headers.authorization;
  if (!header) return ok({ kind: 'public' });
  const [scheme = '', credentials = ''] = header.split(' ');
  if (scheme.toLowerCase() === 'bearer') return authentication.bearer(credentials);
  if (scheme.toLowerCase() === 'station') return authentication.station(credentials);
  return fail('auth.required');
}

/** An account stands for the graduates that it is linked to. */
function isAdmitted(kind: CallerIdentity['kind'], callers: readonly Caller[]): boolean {
  return callers.includes(kind) || (kind === 'account' && callers.includes('graduate'));
}

/**
 * The caller of a route, or why it may not be called. A public route takes any caller whose
 * credentials hold; credentials that do not hold are told so everywhere.
 */
export async function authorize(
  authentication: Authentication,
  route: RouteDefinition,
  request: FastifyRequest,
): Promise<Result<CallerIdentity>> {
  const caller = await identify(authentication, request);
  if (!caller.ok) return caller;
  if (isAdmitted(caller.value.kind, route.callers)) return caller;
  if (route.callers.includes('public')) return ok({ kind: 'public' });
  return fail(caller.value.kind === 'public' ? 'auth.required' : 'auth.forbidden');
}
