import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { browserLaunch, fakeCamera } from '../../scripts/test/browser-launch.ts';
import type { FromShell } from '../../src/main/browser-shell/supervisor.ts';
import type {} from '../../src/renderer/window.d.ts';

/** The built browser shell in real Chromium, not enrolled and without a server. */

const ROOT = join(import.meta.dirname, '../..');

test.use({ launchOptions: browserLaunch(...fakeCamera()) });

let folder: string;
let shell: ChildProcess;

async function answer(): Promise<FromShell> {
  const [message] = await once(shell, 'message');
  return message;
}

async function startShell(port = 0): Promise<void> {
  shell = fork(join(ROOT, 'out/main/browser-shell.js'), {
    env: {
      ...process.env,
      GRADSHOT_DATA: folder,
      GRADSHOT_PROVIDER: 'cpu',
      GRADSHOT_PORT: String(port),
    },
  });
  await answer();
}

async function address(onceOnly: boolean): Promise<string> {
  shell.send({ kind: 'address', once: onceOnly });
  const message = await answer();
  return message.kind === 'address' ? message.address : '';
}

async function stopShell(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (shell.exitCode !== null || shell.signalCode !== null) return;
  const ended = once(shell, 'exit');
  shell.kill(signal);
  await ended;
}

/** What the browser complains about, the policy's refusals among it. */
function complaints(page: Page): string[] {
  const list: string[] = [];
  page.on('pageerror', (error) => list.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') list.push(message.text());
  });
  return list;
}

test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gradshot-shell-'));
  await startShell();
});
test.afterEach(async () => {
  await stopShell();
  rmSync(folder, { recursive: true });
});

test('the address opens the interface, which runs under its policy without a complaint', async ({
  page,
}) => {
  const list = complaints(page);
  await page.goto(await address(true));
  await expect(page.locator('#root')).not.toBeEmpty();
  expect(page.url()).not.toContain('#');
  expect(await page.evaluate(() => window.station?.shell)).toBe('browser');
  const snapshot = await page.evaluate(() => window.station?.invoke('station.snapshot', {}));
  expect(snapshot).toMatchObject({ ok: true, value: { session: { step: 'welcome' } } });
  expect(list).toEqual([]);
});

test('a spent address shows what to do, and a reload keeps the page', async ({ page, browser }) => {
  const once = await address(true);
  await page.goto(once);
  await expect(page.locator('#root')).not.toBeEmpty();
  await page.reload();
  await expect(page.locator('#root')).not.toBeEmpty();
  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto(once);
  await expect(stranger.locator('#advice')).toBeVisible();
});

test('the page has the camera and no network', async ({ page }) => {
  await page.goto(await address(false));
  await expect(page.locator('#root')).not.toBeEmpty();
  const seen = await page.evaluate(async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ video: true });
    const tracks = stream.getVideoTracks().length;
    for (const track of stream.getTracks()) track.stop();
    const reached = await fetch('https://example.com/').then(
      () => true,
      () => false,
    );
    const evaluated = (() => {
      try {
        return new Function('return true')();
      } catch {
        return false;
      }
    })();
    return { tracks, reached, evaluated };
  });
  expect(seen).toEqual({ tracks: 1, reached: false, evaluated: false });
});

test('a foreign page cannot speak to the station', async ({ page, browser }) => {
  await page.goto(await address(false));
  const { host } = new URL(page.url());
  const foreign = await (await browser.newContext()).newPage();
  await foreign.setContent('<title>foreign</title>');
  const outcome = await foreign.evaluate(
    (at) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(`ws://${at}/station`);
        socket.onopen = () => resolve('open');
        socket.onerror = () => resolve('refused');
      }),
    host,
  );
  expect(outcome).toBe('refused');
});

test('after the station was started anew, the page says how to get in', async ({ page }) => {
  await page.goto(await address(false));
  await expect(page.locator('#root')).not.toBeEmpty();
  const port = Number(new URL(page.url()).port);
  await stopShell('SIGKILL');
  await startShell(port);
  await expect(page.locator('#advice')).toBeVisible();
});

test('the graduate’s screen is back by itself once staff have entered again', async ({
  page,
  context,
}) => {
  await page.goto(await address(false));
  await expect(page.locator('#root')).not.toBeEmpty();
  const { origin, port } = new URL(page.url());
  const graduate = await context.newPage();
  await graduate.goto(`${origin}/#screen=graduate`);
  await expect(graduate.getByTestId('page-welcome')).toBeVisible();
  await stopShell('SIGKILL');
  await startShell(Number(port));
  await expect(graduate.locator('#waiting')).toBeVisible();
  // As the start program opens it: not from the page that is there.
  await page.goto('about:blank');
  await page.goto(await address(false));
  await expect(graduate.getByTestId('page-welcome')).toBeVisible();
  const side = await graduate.evaluate(() => window.station?.invoke('station.snapshot', {}));
  expect(side).toMatchObject({ ok: true, value: { screen: 'graduate' } });
});
