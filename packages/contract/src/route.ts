import type { ErrorCode, StaffRight } from '@gradshot/domain';
import type { z } from 'zod';

// Schemas are constrained to `$ZodType`: comparing with `ZodType`, whose fifty methods each name it
// again, costs the compiler ten seconds in every project.

/**
 * Who may call a route. `graduate`: a session opened by 采集码 + last four, or an account that has
 * linked that student; both reach these students' orders alone. `account`: a login of the
 * companion client. `station`: an enrolled station's device key, optionally on behalf of a
 * graduate's order. `staff`: a console login.
 */
export type Caller = 'public' | 'graduate' | 'account' | 'station' | 'staff';

/**
 * How the school of what a staff route is about is known, so that one place can keep members of
 * staff to their schools. `of…`: by what path, query or body name; what is foreign is answered like
 * what does not exist. `filtered`: the service answers of the member's schools alone. `own`: of the
 * member alone. `global`: of the whole agency, closed to whoever has a list of schools.
 */
export type SchoolKnown =
  | 'ofOrder'
  | 'ofPayment'
  | 'ofBatch'
  | 'ofStation'
  | 'ofAccount'
  | 'ofSchool'
  | 'filtered'
  | 'own'
  | 'global';

export type RouteDefinition = {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With `:name` parameters, as Fastify writes them. */
  readonly path: string;
  readonly summary: string;
  readonly callers: readonly Caller[];
  /** Staff routes: what a member must be let do; every member when absent. */
  readonly right?: StaffRight;
  /** Staff routes: whose the thing is. Without it the route is closed as a `global` one is. */
  readonly school?: SchoolKnown;
  readonly params?: z.core.$ZodObject;
  readonly query?: z.core.$ZodObject;
  /** JSON body. */
  readonly body?: z.core.$ZodType;
  /**
   * `photo`: multipart with the parts listed in photos.ts; `sealedPhoto`: those of sealed-photos.ts; `raw`: the provider's own format;
   * `bytes`: `application/octet-stream`.
   */
  readonly upload?: 'photo' | 'sealedPhoto' | 'raw' | 'bytes';
  readonly response: z.core.$ZodType;
  /** Success status, 200 when absent. */
  readonly status?: 200 | 201 | 202 | 204;
  /** The response is a file, not JSON. */
  readonly file?:
    | 'image/jpeg'
    | 'application/pdf'
    | 'text/csv'
    | 'application/octet-stream'
    | 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  /** The response is an endless `text/event-stream`; `response` is the data of one event. */
  readonly stream?: true;
  /**
   * Expected failures; `request.invalid`, `auth.*`, `station.notEnrolled` of a device key and
   * `server.internal` go without saying.
   */
  readonly errors: readonly ErrorCode[];
};

export function defineRoute<const R extends RouteDefinition>(route: R): R {
  return route;
}
