import { ROUTES, type RouteDefinition, type RouteId } from '@gradshot/contract';
import { fail, ok, type Result } from '@gradshot/domain';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { CallerIdentity } from '../ports/access/caller.ts';
import type { OrderView } from '../ports/order-life/order-repository.ts';
import type { Authentication } from '../services/access/authentication.ts';
import type { OrderAccess, OwnedPayment } from '../services/access/order-access.ts';
import type { SchoolAccess } from '../services/access/school-access.ts';
import { authorize } from './authorize.ts';
import { bodyLimitOf } from './body-limits.ts';
import { sendFailure } from './failures.ts';
import type { AnyHandler } from './handler.ts';
import { limitsOf, type RateLimits } from './rate-limits.ts';

export type ContractRoutes = {
  readonly handlers: Partial<Record<RouteId, AnyHandler>>;
  readonly authentication: Authentication;
  readonly access: OrderAccess;
  readonly schoolAccess: SchoolAccess;
  readonly limits: RateLimits;
};

/**
 * Registers handlers under the contract's methods and paths, and only there. Caller, input and
 * ownership are settled before a handler runs; what it answers passes through the contract's
 * schema, which drops every field that is not in it.
 */
export function addContractRoutes(app: FastifyInstance, routes: ContractRoutes): void {
  for (const [id, handler] of Object.entries(routes.handlers)) {
    const route: RouteDefinition = ROUTES[id as RouteId];
    app.route({
      method: route.method,
      url: route.path,
      config: { rateLimit: limitsOf(route, routes.limits) },
      ...bodyLimitOf(route),
      onRequest: async (request, reply) => {
        const caller = await authorize(routes.authentication, route, request);
        if (!caller.ok) return sendFailure(reply, caller.error);
        request.caller = caller.value;
      },
      handler: (request, reply) => handle(routes, route, handler, { request, reply }),
    });
  }
}

declare module 'fastify' {
  interface FastifyRequest {
    caller: CallerIdentity;
  }
}

type Exchange = { readonly request: FastifyRequest; readonly reply: FastifyReply };

async function handle(
  routes: ContractRoutes,
  route: RouteDefinition,
  handler: AnyHandler,
  { request, reply }: Exchange,
): Promise<FastifyReply> {
  const input = readInput(route, request);
  if (!input.ok) return sendFailure(reply, input.error);
  const owned = await readOwned(routes.access, request.caller, input.value.params);
  if (!owned.ok) return sendFailure(reply, owned.error);
  const admitted = await routes.schoolAccess.admit(request.caller, route, input.value);
  if (!admitted.ok) return sendFailure(reply, admitted.error);
  const { caller } = request;
  const result = await handler({ ...input.value, ...owned.value, caller, request, reply });
  if (!result.ok) return sendFailure(reply, result.error);
  return route.stream ? reply : sendSuccess(reply, route, result.value);
}

function sendSuccess(reply: FastifyReply, route: RouteDefinition, value: unknown): FastifyReply {
  void reply.code(route.status ?? 200).header('cache-control', 'no-store');
  if (route.file) return reply.type(route.file).send(value);
  return reply.send(z.parse(route.response, value));
}

type Input = { readonly params: unknown; readonly query: unknown; readonly body: unknown };

function readInput(route: RouteDefinition, request: FastifyRequest): Result<Input> {
  const params = parse(route.params, request.params);
  const query = parse(route.query, request.query);
  const body = parse(route.body, request.body);
  if (!params.ok) return params;
  if (!query.ok) return query;
  if (!body.ok) return body;
  return ok({ params: params.value, query: query.value, body: body.value });
}

/** Failure: `request.invalid` with the name of the first field, never with its value. */
function parse(schema: z.core.$ZodType | undefined, value: unknown): Result<unknown> {
  if (!schema) return ok(undefined);
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return ok(parsed.data);
  const field = parsed.error.issues[0]?.path.join('.') || 'body';
  return fail('request.invalid', { field });
}

type Owned = { readonly order: OrderView | undefined; readonly owned: OwnedPayment | undefined };

/** Ownership of what the path names, for every route alike. */
async function readOwned(
  access: OrderAccess,
  caller: CallerIdentity,
  params: unknown,
): Promise<Result<Owned>> {
  const { orderId, paymentId } = (params ?? {}) as { orderId?: string; paymentId?: string };
  const order = orderId ? await access.order(caller, orderId) : ok(undefined);
  if (!order.ok) return order;
  const owned = paymentId ? await access.payment(caller, paymentId) : ok(undefined);
  return owned.ok ? ok({ order: order.value, owned: owned.value }) : owned;
}
