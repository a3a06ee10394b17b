// @vitest-environment jsdom
import { buildReport } from '@gradshot/testkit';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { App } from './app.tsx';
import {
  order,
  snapshotAt,
  startStation,
  student,
  type TestStation,
} from './tests/test-station.tsx';

let station: TestStation;

beforeEach(async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
  station = await startStation({ step: 'welcome' });
  station.answer('staff.outbox', { ok: true, value: [] });
  render(<App />);
  await screen.findByTestId('page-welcome');
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const wait = (ms: number) => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));
const unlocked = (staffUnlocked: boolean) =>
  station.show({ station: { ...snapshotAt({ step: 'welcome' }).station, staffUnlocked } });

async function holdMark(): Promise<void> {
  fireEvent.pointerDown(screen.getByTestId('brand'));
  await wait(1500);
  await screen.findByTestId('pin-pad');
}

it('closes the help that a visitor left open', async () => {
  station.show({ session: { step: 'orders', student, orders: [order()] } });
  fireEvent.click(await screen.findByTestId('help'));
  expect(screen.getByTestId('help-drawer')).toBeDefined();
  station.show({ session: { step: 'welcome' } });
  await screen.findByTestId('page-welcome');
  expect(screen.queryByTestId('help-drawer')).toBeNull();
});

describe('the staff page', () => {
  it('leaves graduates their page when it locks itself', async () => {
    await holdMark();
    unlocked(true);
    await screen.findByTestId('staff-lock');
    unlocked(false);
    expect(await screen.findByTestId('page-welcome')).toBeDefined();
    expect(screen.queryByTestId('pin-pad')).toBeNull();
  });

  it('at the result is the result, with the rest of staff’s behind the mark and a way back', async () => {
    const photoId = '0b9f6d3e-52cc-4f59-8d1c-94c6f2d6a001';
    const shot = { photoId, width: 4000, height: 3000, capturedAt: '2026-11-23T01:00:00.000Z' };
    const judged = { report: buildReport(), hasStandard: true, accepted: true };
    station.show({ session: { step: 'judged', student, order: order(), shot, ...judged } });
    await holdMark();
    unlocked(true);
    expect(await screen.findByTestId('on-site')).toBeDefined();
    fireEvent.pointerDown(screen.getByTestId('brand'));
    await wait(1500);
    fireEvent.click(await screen.findByTestId('to-photo'));
    expect(await screen.findByTestId('on-site')).toBeDefined();
    unlocked(false);
    expect(screen.getByTestId('page-judged')).toBeDefined();
    expect(screen.queryByTestId('on-site')).toBeNull();
  });

  it('goes by itself when nobody enters the PIN', async () => {
    await holdMark();
    await wait(40_000);
    fireEvent.click(screen.getByTestId('key-1'));
    await wait(40_000);
    expect(screen.getByTestId('pin-pad')).toBeDefined();
    await wait(30_000);
    expect(await screen.findByTestId('page-welcome')).toBeDefined();
  });
});
