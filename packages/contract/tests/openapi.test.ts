import { expect, test } from 'vitest';
import { CONSOLE_ROUTES } from '../src/console-routes.ts';
import * as contract from '../src/index.ts';
import { openApiDocument } from '../src/openapi.ts';
import type { RouteDefinition } from '../src/route.ts';
import { ROUTES } from '../src/routes.ts';

const ALL: readonly RouteDefinition[] = [
  ...Object.values(ROUTES),
  ...Object.values(CONSOLE_ROUTES),
];

const document = openApiDocument({
  version: '1',
  statusOf: (code) => (code.startsWith('order.') ? 409 : 400),
});

test('every route stands in the document under its method and path', () => {
  const { paths } = document;
  for (const route of ALL) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    const operation = (paths?.[path] as Record<string, { operationId: string }> | undefined)?.[
      route.method.toLowerCase()
    ];
    expect(operation?.operationId).toBe(route.id);
  }
});

test('every route that is defined stands in the table', () => {
  const defined = Object.values<unknown>(contract).filter(
    (value): value is RouteDefinition =>
      typeof value === 'object' && value !== null && 'path' in value && 'callers' in value,
  );
  const listed = new Set(ALL.map(({ id }) => id));
  expect(defined.map(({ id }) => id).filter((id) => !listed.has(id))).toEqual([]);
});

test('the ids, and the pairs of method and path, are unique', () => {
  const routes = Object.entries({ ...ROUTES, ...CONSOLE_ROUTES });
  expect(routes.every(([key, route]) => key === route.id)).toBe(true);
  expect(new Set(routes.map(([, x]) => `${x.method} ${x.path}`)).size).toBe(routes.length);
});

test('says who may call, what may fail and what a failure looks like', () => {
  const operation = document.paths?.['/v1/orders/{orderId}/hand-in']?.post;
  expect(operation?.security).toEqual([{ graduateSession: [] }, { stationKey: [] }]);
  expect(JSON.stringify(operation?.responses?.['409'])).toContain('order.transitionForbidden');
});
