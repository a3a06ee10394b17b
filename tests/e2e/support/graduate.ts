import type { SampleStudent } from '@gradshot/testkit';
import { expect, type Page } from '@playwright/test';
import { patient } from '../../../scripts/test/slowness.ts';
import type { World } from './world.ts';

/** A graduate before the kiosk: presses what a person would press and waits for what they see. */

export async function scanCode(page: Page): Promise<void> {
  await page.getByTestId('enter').click();
  await expect(page.getByTestId('page-scanCode')).toBeVisible();
  await expect(page.getByTestId('page-verify')).toBeVisible({ timeout: patient(30_000) });
}

export async function typeLastFour(page: Page, lastFour: string): Promise<void> {
  for (const character of lastFour) await page.getByTestId(`key-${character}`).click();
  await page.getByTestId('confirm-last-four').click();
}

export async function confirmIdentity(page: Page, student: SampleStudent): Promise<void> {
  await typeLastFour(page, student.idNumber.slice(-4));
  await expect(page.getByTestId('page-orders')).toBeVisible();
}

export async function pay(page: Page, world: World): Promise<void> {
  await page.getByTestId('open-order').click();
  await page.getByTestId('begin-order').click();
  await expect(page.getByTestId('page-service')).toBeVisible();
  await page.getByTestId('consent-service').click();
  await page.getByTestId('consent-faceProcessing').click();
  await page.getByTestId('pay').click();
  await expect(page.getByTestId('page-payment')).toBeVisible();
  const payment = await page.evaluate(async () => {
    const { station } = globalThis as unknown as {
      station: { invoke(name: string, payload: object): Promise<{ value: unknown }> };
    };
    const { value } = await station.invoke('station.snapshot', {});
    return (value as { session: { payment: { codeUrl: string } } }).session.payment;
  });
  expect(world.simulators.wechatPay.pay({ codeUrl: payment.codeUrl })).toMatchObject({
    paid: true,
  });
  await expect(page.getByTestId('page-requirements')).toBeVisible({ timeout: patient(30_000) });
}

export async function takeShot(page: Page): Promise<void> {
  await page.getByTestId('to-camera').click();
  await pose(page);
  await expect(page.getByTestId('page-reviewShot')).toBeVisible({ timeout: patient(20_000) });
}

/** Waits until nothing blocks the photo, and presses the shutter unless it has gone off by itself. */
export async function pose(page: Page): Promise<{ readonly pressed: boolean }> {
  await expect(page.getByTestId('page-camera')).toBeVisible();
  await expect(page.getByTestId('camera-hint')).toHaveAttribute('data-state', /adjust|ready/, {
    timeout: patient(40_000),
  });
  const counts = page.getByTestId('countdown');
  const byItself = await counts
    .waitFor({ timeout: patient(4_000) })
    .then(() => true)
    .catch(() => false);
  if (!byItself) await page.getByTestId('take-shot').click();
  return { pressed: !byItself };
}

/** A command as the page itself would send it. */
export async function command(page: Page, name: string, payload: object = {}): Promise<void> {
  const ok = await page.evaluate(
    async ([asked, given]) => {
      const { station } = globalThis as unknown as {
        station: { invoke(name: string, payload: object): Promise<{ ok: boolean }> };
      };
      return (await station.invoke(asked, given)).ok;
    },
    [name, payload] as const,
  );
  expect(ok, name).toBe(true);
}

export async function standardizeAndSubmit(page: Page): Promise<void> {
  await page.getByTestId('upload').click();
  await expect(page.getByTestId('page-kept')).toBeVisible();
  await page.getByTestId('standardize').click();
  await expect(page.getByTestId('page-judged')).toBeVisible({ timeout: patient(30_000) });
}

type Bridge = {
  invoke(
    name: string,
    payload: object,
  ): Promise<{ ok: boolean; value: { data: Uint8Array }; error?: { code: string } }>;
};

/** The standard photo as the station holds it. */
export async function stationPhoto(page: Page, photoId: string): Promise<Buffer> {
  const bytes = await page.evaluate(async (id) => {
    const { station } = globalThis as unknown as { station: Bridge };
    const answer = await station.invoke('picture.read', { photoId: id, kind: 'standard' });
    return Array.from(answer.value.data);
  }, photoId);
  return Buffer.from(bytes);
}
