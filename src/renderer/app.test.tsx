// @vitest-environment jsdom
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
