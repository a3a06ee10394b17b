import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, expect, type Page, test } from '@playwright/test';
import { hasDisplay, isRoot } from '../../scripts/setup/system-browser.ts';
import { installedElectron } from '../../scripts/start/electron-program.ts';

/** The real Electron over the built programs, not enrolled and without a server. */

const program = installedElectron();
const ROOT = join(import.meta.dirname, '../..');

test.skip(!program, 'Electron’s program is not installed here (its download host was not reached)');
test.skip(!hasDisplay(), 'Electron needs a display');

let folder: string;
let app: ElectronApplication;
let page: Page;

test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gradshot-electron-'));
  app = await _electron.launch({
    ...(program ? { executablePath: program } : {}),
    args: [ROOT, ...(isRoot() ? ['--no-sandbox'] : [])],
    env: { ...(process.env as Record<string, string>), GRADSHOT_DATA: folder },
  });
  page = await app.firstWindow();
});

test.afterEach(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

test('the page is the interface on its own scheme, isolated, with the station on it', async () => {
  await expect(page).toHaveURL('app://station/index.html');
  await expect(page.locator('#root')).not.toBeEmpty();
  const seen = await page.evaluate(() => ({
    node: typeof (window as { process?: unknown }).process,
    require: typeof (window as { require?: unknown }).require,
    shell: (window as unknown as { station: { shell: string } }).station.shell,
    secure: window.isSecureContext,
  }));
  expect(seen).toEqual({
    node: 'undefined',
    require: 'undefined',
    shell: 'electron',
    secure: true,
  });
});

test('the window is a kiosk without menu', async () => {
  const [kiosk, menu] = await app.evaluate(({ BrowserWindow, Menu }) => [
    BrowserWindow.getAllWindows()[0]?.isKiosk(),
    Menu.getApplicationMenu(),
  ]);
  expect([kiosk, menu]).toEqual([true, null]);
});

test('the page reaches no network, opens no window and stays where it is', async () => {
  const reached = await page.evaluate(() =>
    fetch('http://127.0.0.1:9/').then(
      () => true,
      () => false,
    ),
  );
  expect(reached).toBe(false);
  await page.evaluate(() => {
    window.open('https://example.com/');
    window.location.href = 'https://example.com/';
  });
  await expect(page).toHaveURL('app://station/index.html');
  expect(app.windows()).toHaveLength(1);
});

test('an unknown command has no handler', async () => {
  const refused = await page.evaluate(() => {
    const { station } = window as unknown as {
      station: { invoke(name: string, payload: object): Promise<unknown> };
    };
    return station.invoke('no.such', {}).then(
      () => false,
      () => true,
    );
  });
  expect(refused).toBe(true);
});
