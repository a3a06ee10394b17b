// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CrashBoundary } from './crash-boundary.tsx';

let broken: boolean;

function Page() {
  if (broken) throw new Error('a fault in the page');
  return <p>page</p>;
}

beforeEach(() => {
  vi.useFakeTimers();
  // React tells the console of every fault that it hands to the boundary.
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it('says so and draws the page anew', () => {
  broken = true;
  render(
    <CrashBoundary>
      <Page />
    </CrashBoundary>,
  );
  expect(screen.getByTestId('crashed').textContent).toContain('自动恢复');
  broken = false;
  act(() => void vi.advanceTimersByTime(5000));
  expect(screen.getByText('page')).toBeTruthy();
});
