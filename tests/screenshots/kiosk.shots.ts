import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { drawCodeOnPhone, writeFakeCameraFilm } from '@gradshot/testkit';
import { expect, type Page, test } from '@playwright/test';
import sharp from 'sharp';
import { patient } from '../../scripts/test/slowness.ts';
import {
  command,
  confirmIdentity,
  pose,
  scanCode,
  standardizeAndSubmit,
} from '../e2e/support/graduate.ts';
import { filmOf, launchKiosk } from '../e2e/support/kiosk-browser.ts';
import { portraitFromDependency } from '../e2e/support/portrait.ts';
import { enterPin } from '../e2e/support/staff-desk.ts';
import { openWorld, STAFF_PIN, type World } from '../e2e/support/world.ts';

/** Walks the kiosk with a sample student and writes the pictures of the manuals and the README. */

const FOLDER = resolve(import.meta.dirname, '../../docs/images/kiosk');

test('the kiosk, page by page', async () => {
  await mkdir(FOLDER, { recursive: true });
  const world = await openWorld();
  const student = world.simulators.gateway.students[0]!;
  const film = await filmOf(
    world.folder,
    world.simulators,
    student,
    await portraitFromDependency(),
  );
  await shootScanPage(world);
  const browser = await launchKiosk(film);
  try {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
    await page.goto(await world.stationAddress());
    await page.getByTestId('page-welcome').waitFor();
    await shoot(page, '01-welcome');
    await scanCode(page);
    await shoot(page, '03-verify');
    await confirmIdentity(page, student);
    await shoot(page, '04-orders');
    await page.getByTestId('open-order').click();
    await page.getByTestId('page-orderDetail').waitFor();
    await shoot(page, '05-order');
    await page.getByTestId('hand-over').click();
    await page.getByTestId('handover-code').waitFor();
    await shoot(page, '14-handover');
    await page.getByTestId('handover-close').click();
    await page.getByTestId('begin-order').click();
    await page.getByTestId('page-service').waitFor();
    await page.getByTestId('consent-service').click();
    await page.getByTestId('consent-faceProcessing').click();
    await shoot(page, '06-service');
    await page.getByTestId('pay').click();
    await page.getByTestId('qr-code').waitFor();
    await shoot(page, '07-payment');
    await payAsGraduate(page, world.simulators.wechatPay.url);
    await page.getByTestId('page-requirements').waitFor({ timeout: patient(30_000) });
    await shoot(page, '08-requirements');
    await page.getByTestId('to-camera').click();
    await expect(page.getByTestId('camera-hint')).toHaveAttribute('data-state', /adjust|ready/, {
      timeout: patient(40_000),
    });
    await shoot(page, '09-camera');
    await pose(page);
    await page.getByTestId('page-reviewShot').waitFor();
    await page.getByTestId('picture-original').waitFor();
    await shoot(page, '10-review-shot');
    await standardizeAndSubmit(page);
    await page.getByTestId('picture-standard').waitFor();
    await shoot(page, '11-result');
    await command(page, 'staff.unlock', { pin: STAFF_PIN });
    await page.getByTestId('on-site').waitFor();
    await shoot(page, '18-on-site');
    await command(page, 'staff.lock');
    await page.getByTestId('submit').click();
    await expect(page.getByTestId('delivery')).toHaveAttribute('data-state', 'arrived', {
      timeout: patient(60_000),
    });
    await shoot(page, '12-submitted');
    await page.getByTestId('help').click();
    await page.getByTestId('help-drawer').waitFor();
    await shoot(page, '13-customer-service');
    await page.keyboard.press('Escape');
    await shootStaffPages(page, world);
  } finally {
    await browser.close();
    await world.close();
  }
});

async function shootStaffPages(page: Page, { simulators }: World): Promise<void> {
  await page.getByTestId('brand').click({ delay: 2500 });
  await enterPin(page);
  await page.getByTestId('tab-queue').click();
  await page.getByTestId('queue-desk').waitFor();
  for (const { studentNumber } of simulators.gateway.students.slice(1, 5))
    await command(page, 'staff.queueCheckIn', {
      payload: simulators.gateway.issueCode(studentNumber),
    });
  await page.getByTestId('call-next').click();
  await page.getByTestId('called').waitFor();
  await shoot(page, '19-staff-queue');
  await page.getByTestId('tab-code').click();
  await page.getByTestId('code-desk').waitFor();
  await shoot(page, '15-staff-code');
  await page.getByTestId('tab-report').click();
  await page.getByTestId('day-report').waitFor();
  await shoot(page, '16-staff-report');
  await page.getByTestId('tab-visit').click();
  await page.getByTestId('pace').waitFor();
  await shoot(page, '17-staff-pace');
}

/** With a phone that is still out of focus, or the page would be gone at once. */
async function shootScanPage(world: World): Promise<void> {
  const film = join(world.folder, 'blurred.mjpeg');
  const picture = await drawCodeOnPhone('a code out of focus', { blur: 14 });
  await writeFakeCameraFilm(film, [{ picture, seconds: 1 }]);
  const browser = await launchKiosk(film);
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  await page.goto(await world.stationAddress());
  await page.getByTestId('enter').click();
  await page.locator('[data-testid="camera-scan"][data-camera="ready"]').waitFor();
  await shoot(page, '02-scan');
  await page.getByTestId('leave').click();
  await page.getByTestId('page-welcome').waitFor();
  await browser.close();
}

/** The newest order of the payer's page. */
async function payAsGraduate(page: Page, wechatPayUrl: string): Promise<void> {
  const { orders } = (await (await fetch(`${wechatPayUrl}/sim/orders`)).json()) as {
    orders: { outTradeNo: string }[];
  };
  const outTradeNo = orders.at(-1)?.outTradeNo;
  await page.request.post(`${wechatPayUrl}/sim/pay`, { data: { outTradeNo } });
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(700);
  const picture = await page.screenshot();
  const small = await sharp(picture).resize(1280).jpeg({ quality: 82, mozjpeg: true }).toBuffer();
  await writeFile(join(FOLDER, `${name}.jpg`), small);
}
