import { type OrderDetail, ROUTES, type RouteDefinition, type RouteId } from '@gradshot/contract';
import { type Actor, type ErrorCode, errorSentence, type OrderEvent } from '@gradshot/domain';
import { buildOrderDetail, buildStudent } from '@gradshot/testkit';
import { z } from 'zod';
import { HANDLERS } from './scripted-routes.ts';
import {
  type Bytes,
  move,
  Refusal,
  type ScriptedPictures,
  TOKEN,
  type World,
} from './scripted-world.ts';

export type ScriptedRequest = {
  readonly method: string;
  /** From the origin, with the query. */
  readonly url: string;
  readonly authorization?: string | undefined;
  readonly body: Bytes;
};

export type ScriptedAnswer = {
  readonly status: number;
  readonly type: string;
  readonly body: Bytes;
};

export type ScriptedServer = {
  readonly world: World;
  /** Every request that came, by route, in order. */
  readonly calls: readonly { readonly route: RouteId; readonly body: Bytes }[];
  /** The next `times` calls of a route fail so, before anything changes; `after` some that pass. */
  failNext(route: RouteId, code: ErrorCode | 'cut', times?: number, after?: number): void;
  /** An event that somebody else causes: reviewer, server, staff. */
  happen(event: OrderEvent, by: Actor, reasons?: OrderDetail['reasons']): void;
  /** Undefined: the connection broke. */
  answer(request: ScriptedRequest): ScriptedAnswer | undefined;
};

/** A server that keeps to the contract, both ways, and knows one graduate. */
export function createScriptedServer(
  pictures: ScriptedPictures,
  now: () => Date = () => new Date(),
): ScriptedServer {
  const student = buildStudent();
  const world: World = {
    student,
    order: buildOrderDetail({ student, history: [] }),
    linked: false,
    consents: [],
    payment: undefined,
    upload: undefined,
    job: undefined,
    messages: [],
    verdict: 'accept',
    pictures,
    now,
  };
  const calls: { route: RouteId; body: Bytes }[] = [];
  const faults = new Map<RouteId, Fault>();
  return {
    world,
    calls,
    failNext: (route, code, times = 1, after = 0) => void faults.set(route, { code, times, after }),
    happen: (event, by, reasons) => move(world, event, by, reasons),
    answer: (request) => {
      const found = routeOf(request);
      if (!found) return failureAnswer('request.notFound');
      calls.push({ route: found.id, body: request.body });
      const fault = dueFault(faults.get(found.id));
      if (fault) return fault === 'cut' ? undefined : failureAnswer(fault);
      return handle(world, found, request);
    },
  };
}

type Fault = { readonly code: ErrorCode | 'cut'; times: number; after: number };

/** Counts the call; the failure that it meets, if any. */
function dueFault(fault: Fault | undefined): Fault['code'] | undefined {
  if (!fault) return undefined;
  if (fault.after > 0) fault.after -= 1;
  else if (fault.times > 0) {
    fault.times -= 1;
    return fault.code;
  }
  return undefined;
}

type FoundRoute = { readonly id: RouteId; readonly params: Readonly<Record<string, string>> };

function routeOf({ method, url }: ScriptedRequest): FoundRoute | undefined {
  const path = url.split('?')[0] ?? '';
  for (const [id, route] of Object.entries(ROUTES)) {
    const names = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '');
    const values = new RegExp(`^${route.path.replace(/:\w+/g, '([^/]+)')}$`).exec(path);
    if (!values || route.method !== method) continue;
    const params = names.map((name, i) => [name, decodeURIComponent(values[i + 1] ?? '')]);
    return { id: id as RouteId, params: Object.fromEntries(params) as Record<string, string> };
  }
  return undefined;
}

/** Checks the request against the contract, runs the script, checks the answer as well. */
function handle(world: World, found: FoundRoute, request: ScriptedRequest): ScriptedAnswer {
  const route: RouteDefinition = ROUTES[found.id];
  const handler = HANDLERS[found.id];
  if (!handler) throw new Error(`${found.id} is not scripted`);
  try {
    if (!route.callers.includes('public') && request.authorization !== `Bearer ${TOKEN}`)
      throw new Refusal('auth.required');
    const answer = handler(world, {
      params: parsed(route.params, found.params) as Record<string, string>,
      query: parsed(route.query, queryOf(request.url)) as Record<string, never>,
      body: (route.upload ? undefined : parsed(route.body, jsonOf(request))) as never,
      bytes: request.body,
    });
    if (answer instanceof Uint8Array)
      return { status: 200, type: route.file ?? '', body: answer as Bytes };
    return jsonAnswer(route.status ?? 200, z.parse(route.response, answer));
  } catch (error) {
    if (error instanceof Refusal) return failureAnswer(error.code, error.details);
    throw error;
  }
}

function parsed(schema: z.core.$ZodType | undefined, value: unknown): unknown {
  return schema ? z.parse(schema, value) : undefined;
}

function queryOf(url: string): Record<string, string> {
  return Object.fromEntries(new URL(url, 'http://scripted').searchParams);
}

function jsonOf({ body }: ScriptedRequest): unknown {
  return body.byteLength === 0 ? undefined : JSON.parse(new TextDecoder().decode(body));
}

function jsonAnswer(status: number, value: unknown): ScriptedAnswer {
  const body = new TextEncoder().encode(JSON.stringify(value));
  return { status, type: 'application/json', body };
}

function failureAnswer(
  code: ErrorCode,
  details?: Readonly<Record<string, string | number>>,
): ScriptedAnswer {
  const failure = details ? { code, details } : { code };
  const zh = errorSentence(failure, 'zh');
  const en = errorSentence(failure, 'en');
  // A client goes by the code, whatever the status.
  return jsonAnswer(400, { error: { ...failure, zh, en } });
}
