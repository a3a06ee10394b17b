import { expect, test } from 'vitest';
import { openApiDocument } from '../src/openapi.ts';
import { ROUTES } from '../src/routes.ts';

test('every route stands in the document under its method and path', () => {
  const { paths } = openApiDocument();
  for (const route of Object.values(ROUTES)) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    const operation = (paths?.[path] as Record<string, { operationId: string }> | undefined)?.[
      route.method.toLowerCase()
    ];
    expect(operation?.operationId).toBe(route.id);
  }
});

test('the ids, and the pairs of method and path, are unique', () => {
  const routes = Object.entries(ROUTES);
  expect(routes.every(([key, route]) => key === route.id)).toBe(true);
  expect(new Set(routes.map(([, x]) => `${x.method} ${x.path}`)).size).toBe(routes.length);
});

test('says who may call, what may fail and what a failure looks like', () => {
  const operation = openApiDocument().paths?.['/v1/orders/{orderId}/submit']?.post;
  expect(operation?.security).toEqual([{ graduateSession: [] }, { stationKey: [] }]);
  expect(JSON.stringify(operation?.responses?.['409'])).toContain('order.transitionForbidden');
});
