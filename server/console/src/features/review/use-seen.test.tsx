// @vitest-environment jsdom
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SEEN_AFTER_MS, useSeen } from './use-seen.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

it('what is shown is seen after a while, and not before', () => {
  const { result, rerender } = renderHook(useSeen, { initialProps: false });
  act(() => void vi.advanceTimersByTime(10 * SEEN_AFTER_MS));
  expect(result.current).toBe(false);
  rerender(true);
  act(() => void vi.advanceTimersByTime(SEEN_AFTER_MS - 1));
  expect(result.current).toBe(false);
  act(() => void vi.advanceTimersByTime(1));
  expect(result.current).toBe(true);
  rerender(false);
  expect(result.current).toBe(false);
});
