import { ROUTES, type RouteDefinition } from '@gradshot/contract';
import { expect, test } from 'vitest';
import { ROUTE_IDS } from './support/served-routes.ts';

test('every route of the contract has a handler; streams have their own', () => {
  const answered = Object.values<RouteDefinition>(ROUTES).filter(({ stream }) => !stream);
  expect([...ROUTE_IDS].sort()).toEqual(answered.map(({ id }) => id).sort());
});
