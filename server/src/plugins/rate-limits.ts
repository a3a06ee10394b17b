import rateLimit, { type RateLimitOptions } from '@fastify/rate-limit';
import type { RouteDefinition } from '@gradshot/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ExpectedFailure } from './failures.ts';

/**
 * Requests a minute to one route; each counts for itself. A campus has one address for all its
 * stations and phones, and a station takes 400 people an hour (7 a minute, some 40 requests each with
 * polling): the limits stop programs, never a queue of people.
 */
export type RateLimits = {
  /** Every other route, by address or station. */
  readonly all: number;
  /** 采集码 and last four, by address or station. */
  readonly eligibility: number;
  /** Logins, enrolment and messages that cost money, by address. */
  readonly credentials: number;
  /** Searches of a school's rosters, by station: a desk types a few, a program lists a school. */
  readonly rosterSearch: number;
};

export const DEFAULT_RATE_LIMITS: RateLimits = {
  all: 3000,
  eligibility: 240,
  credentials: 30,
  rosterSearch: 30,
};

const ELIGIBILITY_ROUTES = [
  'resolveCode',
  'verifyLastFour',
  'liftLastFourLock',
  'readCodePicture',
  'confirmRosterPerson',
  'confirmOfflineVisit',
];
const ROSTER_ROUTES = ['searchStationRoster', 'listStationClasses', 'openStationClass'];
const CREDENTIAL_ROUTES = [
  'enrolStation',
  'loginWechat',
  'requestSmsCode',
  'loginSms',
  'loginStaff',
];

/** A station that has proven its key has its own allowance, everybody else that of the address. */
function keyOf(request: FastifyRequest): string {
  const caller = request.caller;
  return caller?.kind === 'station' ? `station:${caller.stationId}` : `address:${request.ip}`;
}

export async function addRateLimits(app: FastifyInstance, limits: RateLimits): Promise<void> {
  await app.register(rateLimit, {
    global: true,
    hook: 'preParsing',
    max: limits.all,
    timeWindow: 60_000,
    keyGenerator: keyOf,
    errorResponseBuilder: (_request, context) =>
      new ExpectedFailure({
        code: 'request.tooMany',
        details: { seconds: Math.ceil(context.ttl / 1000) },
      }),
  });
}

/** The tighter limit of a route; none but the common one for most. */
export function limitsOf(route: RouteDefinition, limits: RateLimits): RateLimitOptions {
  if (ELIGIBILITY_ROUTES.includes(route.id)) return { max: limits.eligibility };
  if (ROSTER_ROUTES.includes(route.id)) return { max: limits.rosterSearch };
  return { max: CREDENTIAL_ROUTES.includes(route.id) ? limits.credentials : limits.all };
}
