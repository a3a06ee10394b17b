import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { findSystemBrowser, kioskSwitches } from '../setup/system-browser.ts';
import { createClosingStack } from './closing-stack.ts';
import { type ManagedProcess, startProcess } from './managed-process.ts';

let folder: string;
const running: ManagedProcess<Message>[] = [];
type Message = { readonly kind: string };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gradshot-process-'));
});
afterEach(async () => {
  for (const process of running.splice(0)) await process.stop(0);
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function script(code: string): ManagedProcess<Message> {
  const file = join(folder, 'child.cjs');
  writeFileSync(file, code);
  const started = startProcess<Message>({
    command: process.execPath,
    args: [file],
    channel: true,
    output: 'inherit',
  });
  running.push(started);
  return started;
}

const isReady = (message: Message): message is Message => message.kind === 'ready';
const READY = "process.send({ kind: 'ready' });";

describe('a managed process', () => {
  test('is asked to close and ends by itself', async () => {
    const child = script(
      `${READY} process.on('message', (m) => m.kind === 'close' && process.exit(7));`,
    );
    await child.next(isReady);
    await child.stop();
    expect(await child.ended).toBe(7);
  });

  test('is ended when it does not listen', async () => {
    const child = script(`process.on('SIGTERM', () => {}); ${READY} setInterval(() => {}, 1e6);`);
    await child.next(isReady);
    const stopped = child.stop(10);
    await stopped;
    expect(await child.ended).toBe('SIGKILL');
  });

  test('that ends before it is ready rejects the wait', async () => {
    await expect(script('process.exit(3)').next(isReady)).rejects.toThrow('3');
  });

  test('that cannot be started ends as well', async () => {
    const started = startProcess<Message>({
      command: join(folder, 'missing'),
      args: [],
      channel: false,
      output: 'ignore',
    });
    expect(await started.ended).toBe(127);
  });
});

describe('closing', () => {
  test('goes from the last opened to the first, once, past failures', async () => {
    const closed: string[] = [];
    const exit = vi.fn() as unknown as (status: number) => never;
    const complain = vi.spyOn(console, 'error').mockImplementation(() => {});
    const stack = createClosingStack(exit);
    for (const name of ['server', 'station', 'window']) {
      stack.add(name, async () => {
        closed.push(name);
        if (name === 'station') throw new Error('stuck');
      });
    }
    expect(stack.begun).toBe(false);
    await Promise.all([stack.closeAll(0), stack.closeAll(1)]);
    expect(stack.begun).toBe(true);
    expect(closed).toEqual(['window', 'station', 'server']);
    expect(exit).toHaveBeenCalledExactlyOnceWith(0);
    expect(complain.mock.calls[0]?.[0]).toContain('station did not close cleanly');
    complain.mockRestore();
  });
});

describe('the system’s browser', () => {
  test.runIf(process.platform === 'linux')('is searched on the path, Chromium first', () => {
    vi.stubEnv('CHROMIUM_PATH', undefined);
    vi.stubEnv('PATH', folder);
    expect(findSystemBrowser()).toBeUndefined();
    for (const name of ['microsoft-edge', 'chromium']) {
      writeFileSync(join(folder, name), '', { mode: 0o755 });
    }
    expect(findSystemBrowser()).toBe(join(folder, 'chromium'));
  });

  test('is the named one, or none when that is missing', () => {
    const named = join(folder, 'browser');
    vi.stubEnv('CHROMIUM_PATH', named);
    expect(findSystemBrowser()).toBeUndefined();
    writeFileSync(named, '');
    expect(findSystemBrowser()).toBe(named);
  });

  test('fills the screen, or not, and gives up its sandbox for root alone', () => {
    const options = { address: 'http://127.0.0.1:1/#k', profileDir: '/p', windowed: false };
    expect(kioskSwitches(options)).toContain('--kiosk');
    expect(kioskSwitches(options)).toContain('--app=http://127.0.0.1:1/#k');
    expect(kioskSwitches({ ...options, windowed: true })).not.toContain('--kiosk');
    const getuid = vi.spyOn(process as { getuid: () => number }, 'getuid');
    getuid.mockReturnValue(1000);
    expect(kioskSwitches(options)).not.toContain('--no-sandbox');
    getuid.mockReturnValue(0);
    expect(kioskSwitches(options)).toContain('--no-sandbox');
    getuid.mockRestore();
  });
});
