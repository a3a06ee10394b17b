// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, renderHook, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useShutterKeys } from './use-shutter-keys.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function keys(active = true) {
  const pressed = vi.fn();
  const hook = renderHook((on: boolean) => useShutterKeys(on, pressed), { initialProps: active });
  const wait = (ms: number) => act(() => void vi.advanceTimersByTime(ms));
  return { pressed, wait, ...hook };
}

const press = (key: string, more = {}) => fireEvent.keyDown(document.body, { key, ...more });

describe('keys of pedals, remotes and grips', () => {
  it.each([' ', 'Enter', 'PageDown', 'PageUp', 'AudioVolumeUp', 'AudioVolumeDown'])(
    'press the shutter: %j',
    (key) => {
      const { pressed, wait } = keys();
      wait(1000);
      press(key);
      expect(pressed).toHaveBeenCalledOnce();
      press('a');
      expect(pressed).toHaveBeenCalledOnce();
    },
  );

  it('that were pressed before the picture was seen, or are held down, do nothing', () => {
    const { pressed, wait } = keys();
    press(' ');
    wait(300);
    press(' ');
    wait(1000);
    press(' ', { repeat: true });
    expect(pressed).not.toHaveBeenCalled();
  });

  it('belong to a button that has the focus', () => {
    const { pressed, wait } = keys();
    render(<button type="button">返回</button>);
    wait(1000);
    fireEvent.keyDown(screen.getByText('返回'), { key: ' ' });
    expect(pressed).not.toHaveBeenCalled();
  });

  it('do nothing while nothing can be taken', () => {
    const { pressed, wait, rerender } = keys(false);
    wait(1000);
    press(' ');
    expect(pressed).not.toHaveBeenCalled();
    rerender(true);
    wait(1000);
    press(' ');
    expect(pressed).toHaveBeenCalledOnce();
  });

  it('are not those of a hand scanner, whose code ends with Enter', () => {
    const { pressed, wait } = keys();
    wait(1000);
    for (const key of [...'CHSI-123', 'Enter']) press(key);
    expect(pressed).not.toHaveBeenCalled();
    wait(1000);
    press('Enter');
    expect(pressed).toHaveBeenCalledOnce();
  });
});
