import { randomUUID } from 'node:crypto';
import { ROUTES, type RouteDefinition, routeUrl } from '@gradshot/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { School } from '../src/ports/schools/school-repository.ts';
import { describeOnServersDatabase } from './support/databases.ts';
import { fittingBody } from './support/fitting-bodies.ts';
import { ROUTE_IDS } from './support/served-routes.ts';
import {
  type Enrolled,
  enterGraduate,
  startTestServer,
  type TestServer,
} from './support/test-server.ts';

const ALL: readonly RouteDefinition[] = Object.values<RouteDefinition>(ROUTES).filter((route) =>
  ROUTE_IDS.includes(route.id),
);
const isOrderRoute = (route: RouteDefinition) => route.path.includes(':orderId');
const named = (routes: readonly RouteDefinition[]) =>
  routes.map((route) => [route.id, route] as const);

/** Values for a route's path; ids that exist nowhere unless given. */
function params(route: RouteDefinition, given: Readonly<Record<string, string>> = {}) {
  const names = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '');
  const fixed: Record<string, string> = { offset: '0', layout: '5in' };
  return Object.fromEntries(
    names.map((name) => [name, given[name] ?? fixed[name] ?? randomUUID()]),
  );
}

describeOnServersDatabase('every route of the contract', (db) => {
  let server: TestServer;
  let school: School;
  let graduate: Enrolled;
  let station: string;
  let otherStation: string;
  let otherGraduate: Enrolled;
  beforeAll(async () => {
    server = await startTestServer(db());
    school = await server.addSchool();
    const otherSchool = await server.addSchool();
    graduate = await enterGraduate(server, school);
    otherGraduate = await enterGraduate(server, school);
    station = (await server.addStation(school)).authorization;
    otherStation = (await server.addStation(otherSchool)).authorization;
  });
  afterAll(() => server?.close());

  async function call(
    route: RouteDefinition,
    options: {
      readonly authorization?: string;
      readonly params?: Record<string, string>;
      readonly body?: string;
    },
  ) {
    const url = routeUrl(server.url, route, { params: params(route, options.params) });
    const hasBody = options.body !== undefined;
    const response = await fetch(url, {
      method: route.method,
      headers: {
        ...(options.authorization ? { authorization: options.authorization } : {}),
        ...(hasBody ? { 'content-type': 'application/json' } : {}),
      },
      ...(hasBody ? { body: options.body } : {}),
    } as RequestInit);
    const body = (await response.json()) as { error?: { code: string; zh: string; en: string } };
    return { status: response.status, code: body.error?.code, error: body.error };
  }

  const guarded = ALL.filter((route) => !route.callers.includes('public'));

  test.each(named(guarded))('%s asks for credentials', async (_, route) => {
    expect(await call(route, {})).toMatchObject({ status: 401, code: 'auth.required' });
    const wrong = await call(route, { authorization: `Bearer ${randomUUID()}` });
    expect(wrong).toMatchObject({ status: 401, code: 'auth.required' });
    const forged = await call(route, { authorization: `Station ${randomUUID()}:x` });
    expect(forged).toMatchObject({ status: 401, code: 'station.notEnrolled' });
    expect(forged.error?.zh).toMatch(/。$/);
  });

  const forbidden = guarded.flatMap((route) => [
    ...(route.callers.includes('station') ? [] : [[route.id, 'station', route] as const]),
    ...(route.callers.includes('graduate') ? [] : [[route.id, 'graduate', route] as const]),
  ]);
  test.each(forbidden)('%s is closed to a %s', async (_, kind, route) => {
    const authorization = kind === 'station' ? station : graduate.authorization;
    expect(await call(route, { authorization })).toMatchObject({
      status: 403,
      code: 'auth.forbidden',
    });
  });

  describe('refuses bad input', () => {
    const authorizationFor = (route: RouteDefinition) =>
      route.callers.includes('graduate') ? graduate.authorization : station;
    const reachable = ALL.filter((route) =>
      route.callers.some((caller) => ['public', 'graduate', 'station'].includes(caller)),
    );
    const withIds = reachable.filter((route) => route.params);
    test.each(named(withIds))('%s: ids that are none', async (_, route) => {
      const bad = { orderId: 'x', photoId: "'; drop", paymentId: '1' };
      const authorization = authorizationFor(route);
      expect(await call(route, { authorization, params: bad })).toMatchObject({
        status: 400,
        code: 'request.invalid',
      });
    });
    const withBody = reachable.filter((route) => route.body);
    test.each(named(withBody))('%s: bodies that do not fit', async (_, route) => {
      const authorization = authorizationFor(route);
      const own = { orderId: graduate.orderId };
      for (const body of ['{', '[]', '"x"', '{"lastFour":1}', 'null']) {
        const answer = await call(route, { authorization, params: own, body });
        expect(answer).toMatchObject({ status: 400, code: 'request.invalid' });
      }
    });
    test('a body beyond the limit', async () => {
      const body = JSON.stringify({ payload: 'x'.repeat(300_000) });
      expect(await call(ROUTES.resolveCode, { body })).toMatchObject({
        status: 413,
        code: 'request.tooLarge',
      });
    });
  });

  describe('keeps another one’s order apart', () => {
    test.each(named(ALL.filter(isOrderRoute)))('%s', async (_, route) => {
      const orderParams = { orderId: graduate.orderId };
      if (route.callers.includes('graduate')) {
        const answer = await call(route, {
          authorization: otherGraduate.authorization,
          params: orderParams,
          ...(route.body ? { body: JSON.stringify(fittingBody(route)) } : {}),
        });
        expect(answer).toMatchObject({ status: 404, code: 'order.notFound' });
      }
      if (route.callers.includes('station')) {
        const answer = await call(route, {
          authorization: otherStation,
          params: orderParams,
          ...(route.body ? { body: JSON.stringify(fittingBody(route)) } : {}),
        });
        expect(answer).toMatchObject({ status: 404, code: 'order.notFound' });
      }
    });
  });

  test('an unknown path is a failure of the catalogue', async () => {
    const response = await fetch(`${server.url}/v1/nothing`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: 'request.notFound' } });
  });

  test('the document and its page are served', async () => {
    const document = (await (await fetch(`${server.url}/openapi.json`)).json()) as {
      openapi: string;
      paths: Record<string, Record<string, unknown>>;
    };
    expect(document.openapi).toBe('3.1.0');
    for (const route of ALL) {
      const operations = document.paths[route.path.replace(/:(\w+)/g, '{$1}')];
      expect(operations?.[route.method.toLowerCase()], route.id).toBeDefined();
    }
    const page = await fetch(`${server.url}/docs`);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });
});
