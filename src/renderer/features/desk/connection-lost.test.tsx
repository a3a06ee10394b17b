// @vitest-environment jsdom
import { act, cleanup, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { StationBridge } from '../../../shared/index.ts';
import { connectStation } from '../../state/station-store.ts';
import { renderPage, snapshotAt } from '../../tests/test-station.tsx';
import { ConnectionLost } from './connection-lost.tsx';

afterEach(cleanup);

test('lies over everything for as long as the station is not reached', async () => {
  let tell: (reached: boolean) => void = () => undefined;
  const bridge = {
    shell: 'browser',
    invoke: async () => ({ ok: true, value: snapshotAt({ step: 'welcome' }) }),
    subscribe: () => () => undefined,
    watchConnection: (watch: typeof tell) => {
      tell = watch;
      watch(true);
    },
  };
  await act(async () => void connectStation(bridge as unknown as StationBridge));
  renderPage(<ConnectionLost />);
  expect(screen.queryByTestId('connection-lost')).toBeNull();
  act(() => tell(false));
  expect(screen.getByTestId('connection-lost').textContent).toContain('Wi-Fi');
  act(() => tell(true));
  expect(screen.queryByTestId('connection-lost')).toBeNull();
});
