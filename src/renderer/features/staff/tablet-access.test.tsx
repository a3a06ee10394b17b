// @vitest-environment jsdom
import { fail } from '@gradshot/domain';
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TabletListener, TabletsView } from '../../../shared/index.ts';
import { renderPage, startStation, type TestStation } from '../../tests/test-station.tsx';
import { TabletAccess } from './tablet-access.tsx';

const OPEN: TabletListener = {
  ...{ kind: 'open', port: 8643, fingerprint: 'AB12 CD34' },
  addresses: [
    { address: '192.168.1.20', network: 'wlan0' },
    { address: '10.0.0.7', network: 'eth0' },
  ],
};
const PAIRED = {
  ...{ id: '5d0b2a3c-6b1f-4f0e-9c39-0d3f1a2b4c5d', name: '前台平板' },
  ...{ pairedAt: '2026-11-23T01:00:00.000Z', lastSeenAt: '2026-11-24T01:00:00.000Z' },
  ...{ connected: true, unlocked: true },
};
const PAIRING = {
  ...{ tabletName: '平板 1', code: '12345678', secret: 'c2VjcmV0' },
  expiresAt: new Date(Date.now() + 300_000).toISOString(),
};

let station: TestStation;
const show = (tablets: Partial<TabletsView>) =>
  station.show({ tablets: { on: true, listener: OPEN, paired: [], ...tablets } });
const press = (testId: string) => act(async () => void fireEvent.click(screen.getByTestId(testId)));

beforeEach(async () => {
  station = await startStation({ step: 'welcome' });
  renderPage(<TabletAccess />);
});
afterEach(cleanup);

test('is nothing on a desk that lets nobody in', () => {
  expect(screen.queryByTestId('tablet-access')).toBeNull();
});

test('is switched on, and offers another port where that one is taken', async () => {
  show({ on: false, listener: { kind: 'off' } });
  expect(screen.queryByTestId('pair-tablet')).toBeNull();
  await press('tablets-switch');
  expect(station.sent).toEqual([{ name: 'staff.setTablets', payload: { on: true } }]);
  show({ listener: { kind: 'portTaken', port: 8643 } });
  await press('another-port');
  expect(station.sent.at(-1)).toMatchObject({ payload: { on: true, port: 8644 } });
});

test('says that there is no network, and that the certificate is a new one', () => {
  show({ listener: { kind: 'noNetwork' } });
  expect(screen.getByTestId('tablets-trouble').textContent).toContain('局域网');
  show({ listener: { ...OPEN, renewed: 'damaged' } });
  expect(screen.getByTestId('tablets-trouble').textContent).toContain('指纹');
});

test('pairs: a name, then code, address and fingerprint, and what became of it', async () => {
  show({});
  await press('pair-tablet');
  await press('open-pairing');
  await screen.findByTestId('pairing-dialog');
  expect(station.sent.at(-1)).toMatchObject({
    name: 'staff.openPairing',
    payload: { name: '平板 1' },
  });
  show({ pairing: PAIRING });
  expect((await screen.findByTestId('pairing-code')).textContent).toBe('1234 5678');
  expect(screen.getByTestId('tablet-address').textContent).toBe('https://192.168.1.20:8643');
  expect(screen.getByTestId('fingerprint').textContent).toBe('AB12CD34');
  fireEvent.click(screen.getByText('eth0 10.0.0.7'));
  expect(screen.getByTestId('tablet-address').textContent).toBe('https://10.0.0.7:8643');
  show({ paired: [{ ...PAIRED, name: '平板 1' }] });
  expect(screen.getByText('已配对：平板 1')).toBeDefined();
});

test('a code that was not used in time can be made anew, and one that is not wanted is closed', async () => {
  show({});
  await press('pair-tablet');
  await press('open-pairing');
  show({ pairing: PAIRING });
  await screen.findByTestId('pairing-code');
  show({});
  expect(screen.getByText('没有配对成功')).toBeDefined();
  await press('open-pairing');
  show({ pairing: PAIRING });
  await press('pairing-close');
  expect(station.sent.at(-1)).toMatchObject({ name: 'staff.closePairing' });
});

test('unpairs after a question, and says when it could not', async () => {
  station.answer('staff.unpairTablet', fail('request.notFound'));
  show({ paired: [PAIRED] });
  expect(screen.getByTestId('paired-tablets').textContent).toContain('正在使用');
  await press('unpair-前台平板');
  await press('unpair-confirm');
  expect(station.sent.at(-1)).toEqual({ name: 'staff.unpairTablet', payload: { id: PAIRED.id } });
  expect(await screen.findByTestId('failure')).toBeDefined();
});
