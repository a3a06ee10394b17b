import { randomUUID } from 'node:crypto';
import { expect, type Page, test } from '@playwright/test';
import { type ConsoleWorld, openConsoleWorld } from './support/console-world.ts';
import { enrolStation } from './support/enrolled-station.ts';
import { enterConsole } from './support/staff-page.ts';
import { openPayment } from './support/submitted-photo.ts';

/** A station from its code to its end, in real Chromium. */

let world: ConsoleWorld;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  world = await openConsoleWorld();
});
test.afterAll(() => world?.close());

const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name }).first();

test('a lost station is disabled with a reason, and taken back when it is found', async ({
  browser,
}) => {
  const page = await enterConsole(browser, world, 'demo-admin', 'stations');
  await page.getByRole('button', { name: '生成登记码' }).click();
  const code = page.getByText(/^[0-9A-Z]{4}-/);
  const kiosk = await enrolStation(world.url, await code.innerText(), '图书馆二号机');
  const alive = { version: '0.1.0', outboxLength: 3, parked: 0 };
  expect((await kiosk.call('stationHeartbeat', { body: alive })).ok).toBe(true);
  await page.reload();

  await rowOf(page, '图书馆二号机')
    .getByRole('button', { name: /停\s*用/ })
    .click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('还有 3 项没有上传');
  await dialog.getByRole('button', { name: /停\s*用/ }).click();
  await expect(dialog).toContainText('请填写');
  await dialog.getByLabel('原因').fill('设备失窃');
  await dialog.getByRole('button', { name: /停\s*用/ }).click();
  await expect(rowOf(page, '图书馆二号机')).toContainText('已停用');
  await expect(rowOf(page, '图书馆二号机')).not.toContainText('在线');
  expect(await kiosk.call('getStationSettings')).toMatchObject({
    error: { code: 'station.notEnrolled' },
  });

  await rowOf(page, '图书馆二号机').locator('.ant-table-row-expand-icon').click();
  await expect(page.getByText('设备失窃')).toBeVisible();
  await page.getByRole('button', { name: '恢复使用' }).click();
  await dialog.getByLabel('原因').fill('已找回');
  await dialog.getByRole('button', { name: '恢复使用' }).click();
  await expect(rowOf(page, '图书馆二号机')).toContainText('使用中');
  expect((await kiosk.call('getStationSettings')).ok).toBe(true);
  await page.context().close();
});

test('staff of a station are trusted with fees, and what they took is summed up', async ({
  browser,
}) => {
  const kiosk = await enrolStation(world.url, world.enrolmentCode, '礼堂三号机');
  const page = await enterConsole(browser, world, 'demo-admin', 'stations');
  await expect(page.getByText('这段时间没有现场收款')).toBeVisible();
  await rowOf(page, '礼堂三号机').locator('.ant-table-row-expand-icon').click();
  const cash = page.getByRole('switch', { name: '现金收款' });
  await expect(cash).not.toBeChecked();
  await cash.click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: /开\s*通/ }).click();
  await expect(dialog).toContainText('请填写');
  await dialog.getByLabel('原因').fill('开学季现场收费');
  await dialog.getByRole('button', { name: /开\s*通/ }).click();
  await expect(cash).toBeChecked();
  await expect(page.getByText('现金收款 · 开学季现场收费')).toBeVisible();

  const { params } = await openPayment(world, 0);
  const body = { method: 'cash', receiptNo: 'LT-0001', idempotencyKey: randomUUID() } as const;
  expect((await kiosk.call('recordDeskPayment', { params, body })).ok).toBe(true);
  await page.reload();
  const takings = page.locator('.ant-card').filter({ hasText: '现场收款' }).last();
  await expect(takings.getByRole('row').filter({ hasText: '礼堂三号机' })).toContainText(
    '现金收款',
  );
  await takings.getByText('近 31 天').click();
  await expect(takings.getByRole('row').filter({ hasText: '礼堂三号机' })).toBeVisible();
  await page.context().close();
});

test('an agent sees the stations at work and can disable none', async ({ browser }) => {
  const page = await enterConsole(browser, world, 'demo-agent', 'stations');
  await expect(page.getByText('图书馆二号机')).toBeVisible();
  await expect(page.getByRole('button', { name: /停\s*用/ })).toHaveCount(0);
  await page.context().close();
});
