import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createBackOff } from './back-off.ts';
import { MenuStandIn, resetElectron, type StandInWindow, state } from './electron-stand-in.ts';
import { asksToQuit, leavesKiosk } from './kiosk-keys.ts';
import { type KioskOptions, openKiosk, releaseKiosk } from './kiosk-window.ts';
import { START_URL } from './page-origin.ts';

vi.mock('electron', async () => (await import('./electron-stand-in.ts')).electronModule);
beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  resetElectron();
});

const noKeys = { control: false, alt: false, meta: false };

function open(part: Partial<KioskOptions> = {}): StandInWindow {
  return openKiosk({
    session: state.session as never,
    preload: '/preload.cjs',
    windowed: false,
    production: true,
    mayQuit: () => false,
    quit: () => {},
    log: () => {},
    ...part,
  }) as unknown as StandInWindow;
}

describe('the kiosk window', () => {
  test('isolates its page', () => {
    expect(open().options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      devTools: false,
    });
  });

  test('fills the screen, has no menu and opens the interface', () => {
    const window = open();
    expect(window.options).toMatchObject({ kiosk: true, frame: false });
    expect(MenuStandIn.setApplicationMenu).toHaveBeenCalledWith(null);
    expect(window.loaded).toEqual([START_URL]);
    window.emit('ready-to-show');
    expect(window.show).toHaveBeenCalled();
  });

  test('cannot be closed from outside until it is released', () => {
    const window = open();
    const event = { preventDefault: vi.fn() };
    window.emit('close', event);
    expect(event.preventDefault).toHaveBeenCalledTimes(1);
    releaseKiosk(window as never);
    window.emit('close', event);
    expect(event.preventDefault).toHaveBeenCalledTimes(1);
  });

  test('an ordinary window for development keeps its keys and closes', () => {
    const window = open({ windowed: true, production: false });
    expect(window.options).toMatchObject({ kiosk: false, frame: true });
    expect(window.options.webPreferences?.devTools).toBe(true);
    expect(window.webContents.listenerCount('before-input-event')).toBe(0);
    expect(window.listenerCount('close')).toBe(0);
  });

  test('loads anew after each crash, later each time', () => {
    const window = open();
    for (const delayMs of [500, 1000, 2000]) {
      const before = window.loaded.length;
      window.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
      vi.advanceTimersByTime(delayMs - 1);
      expect(window.loaded).toHaveLength(before);
      vi.advanceTimersByTime(1);
      expect(window.loaded).toHaveLength(before + 1);
    }
  });

  test('leaves a page that ended cleanly, and a window that is gone', () => {
    const window = open();
    window.webContents.emit('render-process-gone', {}, { reason: 'clean-exit', exitCode: 0 });
    window.destroyed = true;
    window.webContents.emit('render-process-gone', {}, { reason: 'oom', exitCode: 1 });
    vi.runAllTimers();
    expect(window.loaded).toHaveLength(1);
  });

  test('ends a page that hangs, and spares one that recovers', () => {
    const window = open();
    const crash = window.webContents.forcefullyCrashRenderer;
    window.emit('unresponsive');
    window.emit('responsive');
    vi.advanceTimersByTime(60_000);
    expect(crash).not.toHaveBeenCalled();
    window.emit('unresponsive');
    vi.advanceTimersByTime(60_000);
    expect(crash).toHaveBeenCalledOnce();
  });

  test('ends every page that hangs, not the first alone', () => {
    const window = open();
    const { webContents } = window;
    for (const times of [1, 2, 3]) {
      window.emit('unresponsive');
      vi.advanceTimersByTime(15_000);
      expect(webContents.forcefullyCrashRenderer).toHaveBeenCalledTimes(times);
      // The page is new, so nobody says that the old one is responsive.
      webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
      vi.advanceTimersByTime(60_000);
    }
    expect(window.loaded).toHaveLength(4);
  });

  test('does not end the new page for what the crashed one did', () => {
    const window = open();
    window.emit('unresponsive');
    window.webContents.emit('render-process-gone', {}, { reason: 'oom', exitCode: 1 });
    vi.advanceTimersByTime(60_000);
    expect(window.webContents.forcefullyCrashRenderer).not.toHaveBeenCalled();
  });
});

describe('kiosk keys', () => {
  test.each([
    ['F5', {}],
    ['F12', {}],
    ['r', { control: true }],
    ['R', { control: true }],
    ['i', { control: true, shift: true }],
    ['w', { control: true }],
    ['0', { control: true }],
    ['+', { meta: true }],
    ['F4', { alt: true }],
    ['ArrowLeft', { alt: true }],
    ['BrowserBack', {}],
  ])('%s with %j leaves', (key, modifiers) => {
    expect(leavesKiosk({ key, ...noKeys, ...modifiers })).toBe(true);
  });

  test.each([
    ['a', {}],
    ['F', {}],
    ['Enter', {}],
    ['Backspace', {}],
    ['v', { control: true }],
    ['A', { control: true }],
  ])('%s with %j stays', (key, modifiers) => {
    expect(leavesKiosk({ key, ...noKeys, ...modifiers })).toBe(false);
  });

  test('Ctrl+Shift+Q quits for staff alone', () => {
    const input = { type: 'keyDown', key: 'Q', ...noKeys, control: true, shift: true } as const;
    expect(asksToQuit(input)).toBe(true);
    expect(asksToQuit({ ...input, type: 'keyUp' })).toBe(false);
    const quit = vi.fn();
    let mayQuit = false;
    const window = open({ quit, mayQuit: () => mayQuit });
    const press = () =>
      window.webContents.emit('before-input-event', { preventDefault: vi.fn() }, input);
    press();
    expect(quit).not.toHaveBeenCalled();
    mayQuit = true;
    press();
    expect(quit).toHaveBeenCalledOnce();
  });
});

test('a quiet spell resets the back-off', () => {
  let now = 0;
  const backOff = createBackOff({ firstMs: 10, longestMs: 35, quietMs: 100, now: () => now });
  expect([backOff.next(), backOff.next(), backOff.next(), backOff.next()]).toEqual([
    10, 20, 35, 35,
  ]);
  now = 101;
  expect(backOff.next()).toBe(10);
});
