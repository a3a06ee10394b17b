// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchForFreeze } from './watch-for-freeze.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watched() {
  const video = { currentTime: 0 };
  const frozen = vi.fn();
  const stop = watchForFreeze(() => video as HTMLVideoElement, frozen);
  const run = (seconds: number, moving: boolean) => {
    for (let i = 0; i < seconds; i++) {
      if (moving) video.currentTime += 1;
      vi.advanceTimersByTime(1000);
    }
  };
  return { frozen, stop, run };
}

it('tells once the picture has stood still for three seconds', () => {
  const { frozen, run } = watched();
  run(10, true);
  expect(frozen).not.toHaveBeenCalled();
  run(2, false);
  expect(frozen).not.toHaveBeenCalled();
  run(1, false);
  expect(frozen).toHaveBeenCalledOnce();
});

it('begins to count anew when it moves, and when it was told', () => {
  const { frozen, run } = watched();
  run(1, true);
  for (let i = 0; i < 5; i++) {
    run(2, false);
    run(1, true);
  }
  expect(frozen).not.toHaveBeenCalled();
  run(6, false);
  expect(frozen).toHaveBeenCalledTimes(2);
});

it('is silent once it was stopped', () => {
  const { frozen, stop, run } = watched();
  stop();
  run(10, false);
  expect(frozen).not.toHaveBeenCalled();
});
