import type { ErrorCode } from '@gradshot/domain';
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

export type RouteDefinition = {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With `:name` parameters, as Fastify writes them. */
  readonly path: string;
  readonly summary: string;
  readonly callers: readonly Caller[];
  /** Staff routes: the roles that may call it; every role when absent. */
  readonly roles?: readonly ('reviewer' | 'agent' | 'administrator')[];
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
