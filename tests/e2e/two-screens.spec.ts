import { type Browser, expect, type Page, test } from '@playwright/test';
import { patient } from '../../scripts/test/slowness.ts';
import { confirmIdentity, pay, scanCode } from './support/graduate.ts';
import { filmOf, launchKiosk } from './support/kiosk-browser.ts';
import { portraitFarAway } from './support/portrait.ts';
import { enterPin } from './support/staff-desk.ts';
import { openWorld, type World } from './support/world.ts';

/** Staff at their desk, the graduate before a screen of their own: two pages of the browser shell. */

let world: World;
let browser: Browser;

test.beforeAll(async () => {
  world = await openWorld();
  const student = world.simulators.gateway.students[0]!;
  browser = await launchKiosk(
    await filmOf(world.folder, world.simulators, student, await portraitFarAway()),
  );
});
test.afterAll(async () => {
  await browser?.close();
  await world?.close();
});

type Bridge = { invoke(name: string, payload: object): Promise<{ value: unknown }> };
type Shown = {
  session: { shot: { photoId: string } };
  burst?: { id: string; chosen: number };
};

/** Digest of the shot as a page may read it: the graduate's original, or the frame chosen at the desk. */
function shown(page: Page, side: 'graduate' | 'desk'): Promise<string> {
  return page.evaluate(async (whose) => {
    const { station } = globalThis as unknown as { station: Bridge };
    const snapshot = (await station.invoke('station.snapshot', {})).value as Shown;
    const { photoId } = snapshot.session.shot;
    const { value } =
      whose === 'graduate'
        ? await station.invoke('picture.read', { photoId, kind: 'original' })
        : await station.invoke('staff.readFrame', {
            id: snapshot.burst?.id,
            frame: snapshot.burst?.chosen,
          });
    const { data } = value as { data: Uint8Array<ArrayBuffer> };
    return [...new Uint8Array(await crypto.subtle.digest('SHA-256', data))].join();
  }, side);
}

test('staff see who stands there, press the shutter, and choose another frame', async () => {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  const desk = await context.newPage();
  await desk.goto(await world.stationAddress());
  await desk.getByTestId('brand').click({ delay: 1500 });
  await enterPin(desk);
  await desk.getByTestId('tab-visit').click();
  const opening = context.waitForEvent('page');
  await desk.getByTestId('open-graduate').click();
  const graduate = await opening;
  await expect(desk.getByTestId('visit-beside')).toHaveAttribute('data-step', 'welcome');

  await scanCode(graduate);
  await confirmIdentity(graduate, world.simulators.gateway.students[0]!);
  await pay(graduate, world);
  await graduate.getByTestId('brand').click({ delay: 1500 });
  await expect(graduate.getByTestId('page-requirements')).toBeVisible();
  await graduate.getByTestId('to-camera').click();

  await expect(desk.getByTestId('desk-live').locator('canvas')).toBeVisible();
  await expect(desk.getByTestId('desk-guide')).toHaveAttribute('data-state', /./);
  await desk.getByTestId('desk-shutter').click();
  await expect(graduate.getByTestId('countdown')).toBeVisible();
  await expect(graduate.getByTestId('page-reviewShot')).toBeVisible({ timeout: patient(20_000) });

  const frames = desk.getByTestId('shot-desk').getByRole('button', { name: /第/ });
  await expect(frames.nth(1).locator('img')).toBeVisible();
  const picture = graduate.getByTestId('picture-original');
  const source = await picture.getAttribute('src');
  const other = frames.and(desk.locator('[aria-pressed=false]')).first();
  await other.click();
  await expect(desk.locator('[aria-pressed=true]')).toBeEnabled();
  await expect(picture).not.toHaveAttribute('src', source!);
  expect(await shown(graduate, 'graduate')).toBe(await shown(desk, 'desk'));

  await desk.getByTestId('desk-retake').click();
  await expect(graduate.getByTestId('page-camera')).toBeVisible();
  await Promise.all([graduate.reload(), desk.reload()]);
  await expect(graduate.getByTestId('page-camera')).toBeVisible();
  await expect(desk.getByTestId('desk-shutter')).toBeEnabled();

  await graduate.close();
  await expect(desk.getByTestId('visit-beside')).toBeHidden({ timeout: patient(20_000) });
  await desk.getByTestId('staff-lock').click();
  await expect(desk.getByTestId('page-camera')).toBeVisible();
});
