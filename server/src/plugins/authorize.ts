import type { Caller, RouteDefinition } from '@gradshot/contract';
import { fail, hasRight, ok, type Result } from '@gradshot/domain';
import type { FastifyRequest } from 'fastify';
import type { CallerIdentity, StaffCaller } from '../ports/access/caller.ts';
import type { Authentication } from '../services/access/authentication.ts';
import { staffCookie } from './staff-cookie.ts';

/**
 * Whoever the `Authorization` header proves to call, on staff routes also the console's cookie;
 * `public` without either.
 */
async function identify(
  authentication: Authentication,
  route: RouteDefinition,
  request: FastifyRequest,
): Promise<Result<CallerIdentity>> {
  const header = request.headers.authorization;
  const cookie = route.callers.includes('staff') ? staffCookie(request) : undefined;
  if (!header) return cookie ? authentication.staff(cookie) : ok({ kind: 'public' });
  const [scheme = '', credentials = ''] = header.split(' ');
  if (scheme.toLowerCase() === 'bearer') return authentication.bearer(credentials);
  if (scheme.toLowerCase() === 'station') return authentication.station(credentials);
  if (scheme.toLowerCase() === 'staff') return authentication.staff(credentials);
  return fail('auth.required');
}

/** An account stands for the graduates that it is linked to. */
function isAdmitted(kind: CallerIdentity['kind'], callers: readonly Caller[]): boolean {
  return callers.includes(kind) || (kind === 'account' && callers.includes('graduate'));
}

/** With a password that somebody else has set, only these. */
const PASSWORD_ROUTES = ['getStaff', 'changePassword', 'logoutStaff'];

/** The one place that decides what a role may do: as the contract says. */
function mayStaff(staff: StaffCaller, { id, right, school }: RouteDefinition): boolean {
  if (staff.mustChangePassword && !PASSWORD_ROUTES.includes(id)) return false;
  // Whose a thing is that a route does not tell, nobody knows: not for whoever is kept to schools.
  if (staff.schools !== 'everySchool' && (!school || school === 'global')) return false;
  return !right || hasRight(staff.roles, right);
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
  const caller = await identify(authentication, route, request);
  // Whoever logs out has reached the goal also when the login had ended before.
  if (!caller.ok) return route.id === 'logout' ? ok({ kind: 'public' }) : caller;
  if (isAdmitted(caller.value.kind, route.callers))
    return caller.value.kind === 'staff' && !mayStaff(caller.value, route)
      ? fail('auth.forbidden')
      : caller;
  if (route.callers.includes('public')) return ok({ kind: 'public' });
  return fail(caller.value.kind === 'public' ? 'auth.required' : 'auth.forbidden');
}
