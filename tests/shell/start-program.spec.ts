import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test } from '@playwright/test';
import { findSystemBrowser } from '../../scripts/setup/system-browser.ts';
import { patient } from '../../scripts/test/slowness.ts';
import { layEmptyDatabase } from '../../server/tests/support/embedded-folder.ts';
import { lockDataFolder } from '../../src/main/data-folder.ts';
import type {} from '../../src/renderer/window.d.ts';

/** `npm start` as a newcomer types it, with its own data folder and any free ports. */

const ROOT = join(import.meta.dirname, '../..');

let folder: string;
const started: ChildProcess[] = [];

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gradshot-start-'));
});
test.afterEach(async () => {
  for (const program of started.splice(0)) await stop(program);
  rmSync(folder, { recursive: true });
});

type Start = { readonly program: ChildProcess; readonly output: () => string };

function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): Start {
  const program = spawn(
    process.execPath,
    [join(ROOT, 'scripts/start.mjs'), '--data', folder, '--server-port', '0', ...args],
    { env: { ...process.env, GRADSHOT_PROVIDER: 'cpu', ...env } },
  );
  started.push(program);
  let output = '';
  for (const stream of [program.stdout, program.stderr]) {
    stream?.on('data', (chunk) => {
      output += chunk;
    });
  }
  return { program, output: () => output };
}

async function stop(program: ChildProcess): Promise<number | null> {
  if (program.exitCode !== null || program.signalCode !== null) return program.exitCode;
  const ended = once(program, 'exit');
  program.kill('SIGTERM');
  const [code] = await ended;
  return code;
}

async function addressOf({ output }: Start): Promise<string> {
  const address = () => /Open (http:\S+)/.exec(output())?.[1];
  await expect.poll(address, { timeout: patient(90_000) }).toBeDefined();
  return address() ?? '';
}

const isEnrolled = () =>
  window.station
    ?.invoke('station.snapshot', {})
    .then((result) => result.ok && result.value.station.enrolled && result.value.connection.online);

/** Another program on the same port, or on the same data, beside one that runs. */
async function expectTakenNamed(running: Start): Promise<void> {
  const server = /接口文档 · API documents: http:\/\/127\.0\.0\.1:(\d+)/;
  await expect.poll(() => server.exec(running.output())?.[1]).toBeDefined();
  const port = server.exec(running.output())?.[1] ?? '';
  await layEmptyDatabase(join(folder, 'other/server'));
  const second = start(['--shell', 'none', '--data', `${folder}/other`, '--server-port', port]);
  expect((await once(second.program, 'close'))[0]).toBe(1);
  expect(second.output()).toContain(`Port ${port} is taken`);
  const third = start(['--shell', 'none']);
  expect((await once(third.program, 'close'))[0]).toBe(1);
  expect(third.output()).toContain(`Another server uses ${folder}`);
  expect(third.output()).not.toContain('    at ');
}

test('--shell none serves an enrolled sample station, alone, twice on the same data', async ({
  page,
}) => {
  for (let round = 0; round < 2; round += 1) {
    const run = start(['--shell', 'none']);
    await page.goto(await addressOf(run));
    await expect(page.getByTestId('page-welcome')).toBeVisible();
    await expect.poll(() => page.evaluate(isEnrolled), { timeout: patient(30_000) }).toBe(true);
    expect(run.output()).toContain('学信网采集码 (演示)');
    expect(run.output()).toContain('微信支付 (演示)');
    expect(run.output()).toContain('staff PIN: 135790');
    if (round === 0) await expectTakenNamed(run);
    expect(await stop(run.program)).toBe(0);
    expect(run.output().trimEnd()).toMatch(/• Closing$/);
    // Everything was closed in order: the folder is free.
    const lock = lockDataFolder(join(folder, 'station'));
    expect(lock).toBeDefined();
    lock?.release();
    await page.goto('about:blank');
  }
});

test('--shell browser opens the system’s browser on the station', async () => {
  await layEmptyDatabase(join(folder, 'server'));
  const browser = findSystemBrowser() ?? '';
  const profile = join(folder, 'browser');
  // Without a display: the same program and switches, headless and watched.
  const headless = join(folder, 'headless');
  const script = `#!/bin/sh\nexec "${browser}" --headless=new --remote-debugging-port=0 "$@"\n`;
  writeFileSync(headless, script, { mode: 0o755 });
  const { program, output } = start(['--shell', 'browser'], { CHROMIUM_PATH: headless });
  const portFile = join(profile, 'DevToolsActivePort');
  await expect.poll(() => existsSync(portFile), { timeout: patient(90_000) }).toBe(true);
  const port = readFileSync(portFile, 'utf8').split('\n')[0];
  const watched = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  const page = watched.contexts()[0]?.pages()[0];
  await expect(page!.getByTestId('page-welcome')).toBeVisible();
  expect(output()).not.toContain('#');
  const gone = new Promise((resolve) => watched.on('disconnected', resolve));
  expect(await stop(program)).toBe(0);
  await gone;
});

test('wrong options end with status 2 and a sentence, --help with 0', async () => {
  const wrong = start(['--shell', 'firefox']);
  expect((await once(wrong.program, 'close'))[0]).toBe(2);
  expect(wrong.output()).toContain('--shell must be electron, browser or none');
  const help = start(['--help']);
  expect((await once(help.program, 'close'))[0]).toBe(0);
  expect(help.output()).toContain('Usage: npm start');
});

test('Ctrl-C at the very start, while the models load, closes without a complaint', async () => {
  await layEmptyDatabase(join(folder, 'server'));
  const run = start(['--shell', 'none']);
  await addressOf(run);
  expect(await stop(run.program)).toBe(0);
  expect(run.output().trimEnd()).toMatch(/• Closing$/);
});
