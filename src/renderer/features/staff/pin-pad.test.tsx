// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useSnapshot } from '../../state/station-store.ts';
import {
  renderPage,
  snapshotAt,
  startStation,
  type TestStation,
} from '../../tests/test-station.tsx';
import StaffPage from './staff-page.tsx';

const onClose = vi.fn();
let station: TestStation;
beforeEach(async () => {
  vi.useFakeTimers();
  station = await startStation({ step: 'welcome' });
  renderPage(<Host />);
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  onClose.mockClear();
});

/** Draws anew, with another function, at every snapshot, as the root does. */
function Host() {
  useSnapshot();
  return <StaffPage onClose={() => onClose()} />;
}

it('leads who forgot the PIN to the enrolment, and back', () => {
  fireEvent.click(screen.getByTestId('forgot-pin'));
  expect(screen.getByTestId('enrolment')).toBeDefined();
  fireEvent.click(screen.getByTestId('staff-close'));
  expect(screen.getByTestId('pin-pad')).toBeDefined();
});

it('leaves the form when nobody touches it, or the kiosk would stand still', () => {
  fireEvent.click(screen.getByTestId('forgot-pin'));
  act(() => void vi.advanceTimersByTime(290_000));
  fireEvent.keyDown(screen.getByTestId('enrol-code'), { key: 'A' });
  act(() => void vi.advanceTimersByTime(290_000));
  expect(screen.getByTestId('enrolment')).toBeDefined();
  station.show({ connection: { online: false, outbox: 0, parked: 0 } });
  act(() => void vi.advanceTimersByTime(20_000));
  expect(onClose).toHaveBeenCalledOnce();
});

it('proposes the server that the station knows', () => {
  const { station: facts } = snapshotAt({ step: 'welcome' });
  station.show({ station: { ...facts, serverUrl: 'https://photo.test' } });
  fireEvent.click(screen.getByTestId('forgot-pin'));
  expect(screen.getByTestId<HTMLInputElement>('enrol-serverUrl').value).toBe('https://photo.test');
});
