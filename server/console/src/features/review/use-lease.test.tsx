// @vitest-environment jsdom
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useLease } from './use-lease.ts';

const lease = { id: 'l1', seconds: 100 };
const renew = vi.fn<() => Promise<number | 'lost' | 'unreachable'>>();
const onLost = vi.fn();

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance', 'setInterval', 'clearInterval'] });
  renew.mockReset().mockResolvedValue(100);
  onLost.mockReset();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const open = () => renderHook(() => useLease({ lease, renew, onLost })).result;
const pass = (seconds: number) => act(() => vi.advanceTimersByTimeAsync(seconds * 1000));
const move = () => act(async () => void document.dispatchEvent(new Event('mousemove')));

it('counts down to the end and says once that the lease is lost', async () => {
  const left = open();
  expect(left.current).toBe(100_000);
  await pass(99.5);
  expect(left.current).toBe(500);
  expect(onLost).not.toHaveBeenCalled();
  await pass(10);
  expect(left.current).toBe(0);
  expect(onLost).toHaveBeenCalledTimes(1);
});

it.each([3_600_000, -3_600_000])(
  'a clock set by %s ms neither ends nor prolongs it',
  async (ms) => {
    const left = open();
    await pass(10);
    vi.setSystemTime(Date.now() + ms);
    await pass(40);
    expect(left.current).toBe(50_000);
    expect(onLost).not.toHaveBeenCalled();
    await pass(50);
    expect(onLost).toHaveBeenCalledTimes(1);
  },
);

it('is renewed by activity once a quarter of it has gone, not before', async () => {
  const left = open();
  await pass(24);
  await move();
  expect(renew).not.toHaveBeenCalled();
  await pass(2);
  await move();
  expect(renew).toHaveBeenCalledTimes(1);
  await pass(0.5);
  expect(left.current).toBe(99_500);
});

it('a lease that somebody else took is lost at once; an unreachable server changes nothing', async () => {
  open();
  await pass(60);
  renew.mockResolvedValue('unreachable');
  await move();
  expect(onLost).not.toHaveBeenCalled();
  renew.mockResolvedValue('lost');
  await move();
  expect(onLost).toHaveBeenCalledTimes(1);
});

it('nothing renews what has run out', async () => {
  open();
  await pass(101);
  await move();
  expect(renew).not.toHaveBeenCalled();
});
