import { type Browser, expect, type Page, test } from '@playwright/test';
import { patient } from '../../scripts/test/slowness.ts';
import { confirmIdentity, pay, scanCode } from './support/graduate.ts';
import { filmOf, launchKiosk } from './support/kiosk-browser.ts';
import { portraitFarAway } from './support/portrait.ts';
import { enterPin } from './support/staff-desk.ts';
import { openWorld, type World } from './support/world.ts';

/** Staff with a tablet, the graduate before the station's one screen: over the real listener and its TLS. */

let world: World;
let browser: Browser;

test.beforeAll(async () => {
  world = await openWorld();
  const student = world.simulators.gateway.students[0]!;
  const film = await filmOf(world.folder, world.simulators, student, await portraitFarAway());
  browser = await launchKiosk(film);
});
test.afterAll(async () => {
  await browser?.close();
  await world?.close();
});

/** Opens the desk on the station's one screen, at what is set there. */
async function toSettings(page: Page): Promise<void> {
  await page.getByTestId('brand').click({ delay: 1500 });
  await enterPin(page);
  await page.getByTestId('tab-visit').click();
}

/** Lets tablets in, and makes a code for one of that name. */
async function openPairing(kiosk: Page, name: string): Promise<{ address: string; code: string }> {
  await kiosk.getByTestId('tablets-switch').click();
  const pair = kiosk.getByTestId('pair-tablet');
  const another = kiosk.getByTestId('another-port');
  await expect(pair.or(another)).toBeVisible();
  // Whatever else runs on this machine.
  while (await another.isVisible()) {
    await another.click();
    await expect(pair.or(another)).toBeVisible();
  }
  await pair.click();
  await kiosk.getByTestId('tablet-name').fill(name);
  await kiosk.getByTestId('open-pairing').click();
  const code = await kiosk.getByTestId('pairing-code').innerText();
  return { address: await kiosk.getByTestId('tablet-address').innerText(), code };
}

test('a tablet is paired by its code, presses the shutter once, and is thrown out', async () => {
  const kiosk = await (await browser.newContext()).newPage();
  await kiosk.setViewportSize({ width: 1920, height: 1080 });
  await kiosk.goto(await world.stationAddress());
  await toSettings(kiosk);
  const { address, code } = await openPairing(kiosk, '前台平板');

  const hand = await browser.newContext({
    ...{ ignoreHTTPSErrors: true, viewport: { width: 1024, height: 768 } },
  });
  const tablet = await hand.newPage();
  await tablet.goto(address);
  await tablet.locator('#code').fill(code === '0000 0000' ? '11111111' : '00000000');
  await tablet.locator('#submit').click();
  await expect(tablet.locator('#failure')).toContainText('还可以试 4 次');
  await tablet.locator('#code').fill(code);
  await tablet.locator('#submit').click();
  await expect(tablet.getByTestId('pin-pad')).toBeVisible();
  await expect(kiosk.getByTestId('pairing-dialog')).toContainText('已配对：前台平板');
  await kiosk.getByTestId('pairing-close').click();
  await kiosk.getByTestId('staff-lock').click();

  await enterPin(tablet);
  await expect(tablet.getByTestId('visit-beside')).toHaveAttribute('data-step', 'welcome');
  await scanCode(kiosk);
  await confirmIdentity(kiosk, world.simulators.gateway.students[0]!);
  await pay(kiosk, world);
  await kiosk.getByTestId('to-camera').click();
  await expect(tablet.getByTestId('desk-live').locator('canvas')).toBeVisible();
  await tablet.getByTestId('desk-shutter').click();
  await expect(kiosk.getByTestId('countdown')).toBeVisible();
  await expect(kiosk.getByTestId('page-reviewShot')).toBeVisible({ timeout: patient(20_000) });
  await expect(tablet.getByTestId('shot-desk')).toBeVisible();

  await tablet.reload();
  await expect(tablet.getByTestId('shot-desk')).toBeVisible();
  await hand.setOffline(true);
  await expect(tablet.getByTestId('connection-lost')).toBeVisible({ timeout: patient(20_000) });
  await hand.setOffline(false);
  await expect(tablet.getByTestId('connection-lost')).toBeHidden({ timeout: patient(20_000) });

  await toSettings(kiosk);
  await kiosk.getByTestId('unpair-前台平板').click();
  await kiosk.getByTestId('unpair-confirm').click();
  await expect(tablet.locator('#code')).toBeVisible();
  await expect(kiosk.getByTestId('paired-tablets')).toBeHidden();
});
