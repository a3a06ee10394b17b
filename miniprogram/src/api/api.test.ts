import { expect, test } from 'vitest';
import { platformDouble, refuse } from '../../tests/platform-double.ts';
import { createApi } from './api.ts';
import { pathOf } from './endpoints.ts';

const ID = '00000000-0000-4000-8000-000000000001';

test('fills and encodes path and query', () => {
  expect(pathOf('getOrder', { params: { orderId: 'a/b' } })).toBe('/v1/orders/a%2Fb');
  expect(pathOf('listMessages', { query: { after: 3, limit: undefined } })).toBe(
    '/v1/chat/messages?after=3',
  );
});

test('a session that has ended is renewed once, and the call repeated with the new token', async () => {
  let token = 'old';
  const phone = platformDouble({
    'GET /v1/orders': ({ headers }: { headers: Record<string, string> }) =>
      headers.authorization === 'Bearer new' ? { orders: [] } : refuse('auth.required'),
  });
  const renew = async () => {
    token = 'new';
    return true;
  };
  const api = createApi(phone.network, { token: () => token, renew, era: () => 0 });
  expect(await api.call('listOrders')).toEqual({ ok: true, value: { orders: [] } });
  expect(phone.sent).toHaveLength(2);
});

test('without a session nothing is renewed', async () => {
  const phone = platformDouble({ 'GET /v1/orders': refuse('auth.required') });
  const api = createApi(phone.network, {
    token: () => undefined,
    renew: async () => true,
    era: () => 0,
  });
  expect(await api.call('listOrders')).toEqual({ ok: false, error: { code: 'auth.required' } });
  expect(phone.sent).toHaveLength(1);
});

test('what was asked for before another person took the phone is not told to them', async () => {
  let era = 0;
  const phone = platformDouble({
    'GET /v1/orders': () => {
      era += 1;
      return { orders: [{ orderId: ID }] };
    },
  });
  const api = createApi(phone.network, {
    token: () => 't',
    renew: async () => true,
    era: () => era,
  });
  expect(await api.call('listOrders')).toEqual({ ok: false, error: { code: 'auth.required' } });
  expect(phone.sent).toHaveLength(1);
});

test('what is asked for without a session is answered across a login', async () => {
  let era = 0;
  const phone = platformDouble({
    'GET /v1/client/settings': () => {
      era += 1;
      return { sample: true };
    },
  });
  const api = createApi(phone.network, {
    token: () => undefined,
    renew: async () => false,
    era: () => era,
  });
  expect(await api.call('getClientSettings')).toEqual({ ok: true, value: { sample: true } });
});

test('a login page of the campus network is not our server', async () => {
  const phone = platformDouble();
  const network = {
    ...phone.network,
    send: async () => ({ ok: true as const, value: { status: 200, text: '<html>登录</html>' } }),
  };
  const api = createApi(network, {
    token: () => undefined,
    renew: async () => false,
    era: () => 0,
  });
  expect(await api.call('listOrders')).toEqual({
    ok: false,
    error: { code: 'network.unreachable' },
  });
});

test('a failure of the server keeps its code and details; a strange one becomes a known one', async () => {
  const phone = platformDouble({
    [`GET /v1/orders/${ID}`]: refuse('order.transitionForbidden', { state: '审核中' }),
    'GET /v1/orders': refuse('some.newer.code'),
  });
  const api = createApi(phone.network, {
    token: () => 't',
    renew: async () => false,
    era: () => 0,
  });
  expect(await api.call('getOrder', { params: { orderId: ID } })).toEqual({
    ok: false,
    error: { code: 'order.transitionForbidden', details: { state: '审核中' } },
  });
  expect(await api.call('listOrders')).toEqual({
    ok: false,
    error: { code: 'network.unreachable' },
  });
});
