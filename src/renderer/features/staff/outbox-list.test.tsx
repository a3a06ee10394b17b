// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { renderPage, startStation } from '../../tests/test-station.tsx';
import { OutboxList } from './outbox-list.tsx';

const PARKED = {
  id: '7',
  kind: 'deliver',
  orderNo: 'G1',
  attempts: 1,
  state: 'parked',
  lastError: 'photo.notStandard',
  lastErrorDetails: { reason: 'profile chsi-480x640 v1' },
  createdAt: '2026-11-23T05:40:00.000Z',
};

afterEach(cleanup);

it('says why a delivery was parked, with what the server said', async () => {
  const station = await startStation({ step: 'welcome' });
  station.answer('staff.outbox', { ok: true, value: [PARKED] });
  renderPage(<OutboxList />);
  expect((await screen.findByTestId('outbox-7')).textContent).toContain('profile chsi-480x640 v1');
});

it('does not promise that all is sent while it cannot know', async () => {
  const station = await startStation({ step: 'welcome' });
  station.answer('staff.outbox', { ok: false, error: { code: 'server.internal' } });
  renderPage(<OutboxList />);
  expect(screen.queryByText('没有待发送的内容')).toBeNull();
  station.answer('staff.outbox', { ok: true, value: [] });
  fireEvent.click(await screen.findByTestId('refresh-outbox'));
  expect(await screen.findByText('没有待发送的内容')).toBeDefined();
});
