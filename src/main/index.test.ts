import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { lockDataFolder } from './data-folder.ts';
import {
  app,
  dialog,
  powerSaveBlocker,
  resetElectron,
  StandInWindow,
  state,
} from './electron/electron-stand-in.ts';
import { delayAfterFault, relaunchAfterFaults } from './electron/fault-relaunch.ts';
import type { OpenStationOptions } from './open-station.ts';
import { type StandInStation, standInStation } from './station-stand-in.ts';

vi.mock('electron', async () => (await import('./electron/electron-stand-in.ts')).electronModule);
let station: StandInStation;
const close = vi.fn(async () => {});
let given: OpenStationOptions | undefined;
vi.mock('./open-station.ts', async (original) => ({
  ...(await original<typeof import('./open-station.ts')>()),
  openStation: async (options: OpenStationOptions) => {
    given = options;
    return { ...station, close };
  },
}));

let starts = 0;
/** Runs the composition root anew; what it imports stays the same. */
function startProgram(): Promise<unknown> {
  starts += 1;
  return import(/* @vite-ignore */ `./index.ts?start=${starts}`);
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gradshot-main-'));
  vi.stubEnv('GRADSHOT_DATA', folder);
  station = standInStation();
});
afterEach(() => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'uncaughtException', 'unhandledRejection']) {
    process.removeAllListeners(signal);
  }
  vi.unstubAllEnvs();
  resetElectron();
  rmSync(folder, { recursive: true });
});

describe('the Electron shell', () => {
  test('comes up locked: sandbox, own scheme, memory-only session, commands, one window', async () => {
    await startProgram();
    await expect.poll(() => StandInWindow.all).toHaveLength(1);
    expect(app.enableSandbox).toHaveBeenCalled();
    expect(state.schemes.map(({ scheme }) => scheme)).toEqual(['app']);
    expect(state.partition).not.toMatch(/^persist:/);
    expect(state.session.permissionRequest).toBeDefined();
    expect(state.session.permissionCheck).toBeDefined();
    expect(state.handlers.size).toBeGreaterThan(20);
    expect(powerSaveBlocker.start).toHaveBeenCalledWith('prevent-display-sleep');
    expect(StandInWindow.all[0]?.webContents.windowOpen).toBeDefined();
    expect(StandInWindow.all[0]?.options.webPreferences?.session).toBe(state.session);
  });

  test('leaves the screen to the instance that is there', async () => {
    state.hasLock = false;
    await startProgram();
    expect(app.quit).toHaveBeenCalled();
    expect(StandInWindow.all).toEqual([]);
  });

  test('brings its window to the front when it is started again', async () => {
    await startProgram();
    await expect.poll(() => StandInWindow.all).toHaveLength(1);
    app.emit('second-instance');
    expect(StandInWindow.all[0]?.focus).toHaveBeenCalled();
  });

  test('refuses a data folder that another station has', async () => {
    const other = lockDataFolder(folder);
    const complain = vi.spyOn(console, 'error').mockImplementation(() => {});
    await startProgram();
    await expect.poll(() => app.exit).toHaveBeenCalledWith(1);
    expect(complain.mock.calls[0]?.[0]).toContain('already runs');
    other?.release();
  });

  test('an installed kiosk shows why it cannot start', async () => {
    const other = lockDataFolder(folder);
    vi.spyOn(console, 'error').mockImplementation(() => {});
    app.isPackaged = true;
    Object.assign(process, { resourcesPath: folder });
    await startProgram();
    await expect.poll(() => app.exit).toHaveBeenCalledWith(1);
    expect(dialog.showErrorBox.mock.lastCall?.[1]).toContain('already runs');
    app.isPackaged = false;
    other?.release();
  });

  test('lets the station save files by a dialog over its window', async () => {
    await startProgram();
    await expect.poll(() => StandInWindow.all).toHaveLength(1);
    await given?.saveFile?.({ fileName: 'for-support.json', content: '{}' });
    expect(dialog.showSaveDialog.mock.lastCall?.[0]).toBe(StandInWindow.all[0]);
  });

  test('closes the station before it quits', async () => {
    await startProgram();
    await expect.poll(() => app.listenerCount('before-quit')).toBe(1);
    const event = { preventDefault: vi.fn() };
    app.emit('before-quit', event);
    expect(event.preventDefault).toHaveBeenCalledOnce();
    await expect.poll(() => app.quit).toHaveBeenCalled();
    expect(close).toHaveBeenCalledOnce();
    app.emit('before-quit', event);
    expect(event.preventDefault).toHaveBeenCalledOnce();
  });
});

test('faults delay the relaunch more and more, and are forgotten', () => {
  const file = join(folder, 'faults.json');
  expect([0, 1, 2].map((now) => delayAfterFault(file, now))).toEqual([1000, 2000, 4000]);
  for (let now = 3; now < 20; now += 1) delayAfterFault(file, now);
  expect(delayAfterFault(file, 20)).toBe(60_000);
  expect(delayAfterFault(file, 60 * 60_000)).toBe(1000);
  writeFileSync(file, 'not JSON');
  expect(delayAfterFault(file, 0)).toBe(1000);
});

describe('a fault of the main process', () => {
  const faults = ['uncaughtException', 'unhandledRejection'] as const;
  type Listener = (...given: unknown[]) => void;
  const ours: { readonly event: (typeof faults)[number]; readonly listener: Listener }[] = [];

  /** Raises it for the program's listener alone: the test runner has its own. */
  function raise(event: (typeof faults)[number]): void {
    for (const own of ours) if (own.event === event) own.listener(new Error('fault'));
  }

  function listen(dataDir: string): void {
    const before = new Map(faults.map((event) => [event, process.rawListeners(event)]));
    relaunchAfterFaults(app as never, dataDir, () => {});
    for (const event of faults)
      for (const listener of process.rawListeners(event) as Listener[])
        if (!before.get(event)?.includes(listener as never)) ours.push({ event, listener });
  }

  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    for (const { event, listener } of ours.splice(0)) process.off(event, listener);
  });

  test('starts it anew once, whatever else fails until then', () => {
    listen(folder);
    expect(ours.map(({ event }) => event)).toEqual(faults);
    for (const event of [...faults, ...faults]) raise(event);
    // Still there: without a listener Electron would put a message box before the graduate.
    for (const { event, listener } of ours) expect(process.rawListeners(event)).toContain(listener);
    vi.advanceTimersByTime(60_000);
    expect(app.exit).toHaveBeenCalledOnce();
  });

  test('also when the disk is too full to count it', () => {
    listen(join(folder, 'not-there'));
    raise('uncaughtException');
    vi.advanceTimersByTime(60_000);
    expect(app.exit).toHaveBeenCalledWith(1);
  });
});
