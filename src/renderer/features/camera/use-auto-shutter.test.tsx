// @vitest-environment jsdom
import type { GuideState } from '@gradshot/domain';
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HELD_MS, useAutoShutter } from './use-auto-shutter.ts';
import type { Position } from './use-guidance.ts';

const LOOK_MS = 250;
const seen = (state: GuideState): Position => ({ faces: 1, hints: [], state });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function shutter() {
  const onHeld = vi.fn();
  const onMoved = vi.fn();
  let props = { position: undefined as Position, armed: true, counting: false, onHeld, onMoved };
  const hook = renderHook((given: typeof props) => useAutoShutter(given), { initialProps: props });
  return {
    onHeld,
    onMoved,
    set(changes: Partial<typeof props>) {
      props = { ...props, ...changes };
      hook.rerender(props);
    },
    /** The guide's answers, a look after the other. */
    look(...states: readonly (GuideState | 'unavailable')[]) {
      for (const state of states) {
        act(() => void vi.advanceTimersByTime(LOOK_MS));
        this.set({ position: state === 'unavailable' ? state : seen(state) });
      }
    },
  };
}

const LOOKS = Math.ceil(HELD_MS / LOOK_MS) + 1;
const ready = (times: number): GuideState[] => Array.from({ length: times }, () => 'ready');

describe('the automatic shutter', () => {
  it('waits until the position has held', () => {
    const self = shutter();
    self.look(...ready(LOOKS - 1));
    expect(self.onHeld).not.toHaveBeenCalled();
    self.look('ready');
    expect(self.onHeld).toHaveBeenCalledOnce();
  });

  it('begins anew whenever something is to correct', () => {
    const self = shutter();
    self.look(...ready(LOOKS - 1), 'adjust', ...ready(LOOKS - 1), 'blocked', ...ready(LOOKS - 1));
    expect(self.onHeld).not.toHaveBeenCalled();
  });

  it.each(['blocked', 'adjust', 'unavailable'] as const)('never fires at %s', (state) => {
    const self = shutter();
    self.look(...Array.from({ length: 40 }, () => state));
    expect(self.onHeld).not.toHaveBeenCalled();
  });

  it('rests while it is not armed', () => {
    const self = shutter();
    self.set({ armed: false });
    self.look(...ready(LOOKS * 3));
    expect(self.onHeld).not.toHaveBeenCalled();
  });

  it('lets a blink pass, and calls off a countdown when the person has moved', () => {
    const self = shutter();
    self.look(...ready(LOOKS));
    self.set({ counting: true });
    self.look('blocked', 'ready', 'adjust');
    expect(self.onMoved).not.toHaveBeenCalled();
    self.look('adjust');
    expect(self.onMoved).toHaveBeenCalledOnce();
  });
});
