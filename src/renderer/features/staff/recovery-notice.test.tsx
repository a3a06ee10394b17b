// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { renderPage, snapshotAt, startStation } from '../../tests/test-station.tsx';
import { RecoveryNotice } from './recovery-notice.tsx';

afterEach(cleanup);

it('says what was damaged and put right, until it has been seen', async () => {
  const recovery = {
    at: '2026-11-23T01:02:03.000Z',
    trouble: 'damaged',
    fromCopy: true,
    rebuilt: 3,
    quarantined: 0,
  } as const;
  const station = await startStation({ step: 'welcome' });
  renderPage(<RecoveryNotice />);
  station.show({ recovery });
  const text = screen.getByTestId('recovery').textContent ?? '';
  expect(text).toContain('本机数据库有损坏');
  expect(text).toContain('找回 3 张照片');
  // Who has no PIN has nothing to say to it.
  expect(screen.queryByTestId('acknowledge-recovery')).toBeNull();
  const { station: facts } = snapshotAt({ step: 'welcome' });
  station.show({ recovery, station: { ...facts, staffUnlocked: true } });
  fireEvent.click(screen.getByTestId('acknowledge-recovery'));
  await waitFor(() =>
    expect(station.sent.map(({ name }) => name)).toContain('staff.acknowledgeRecovery'),
  );
});

it('says nothing where all was well', async () => {
  await startStation({ step: 'welcome' });
  renderPage(<RecoveryNotice />);
  expect(screen.queryByTestId('recovery')).toBeNull();
});
