import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { chromium, expect, type Page, test } from '@playwright/test';
import { findSystemBrowser, isRoot } from '../../scripts/start/system-browser.ts';
import { SAMPLE_STAFF } from '../../server/src/sample/sample-staff.ts';
import { openConsoleWorld } from '../console/support/console-world.ts';
import { submitPortrait } from '../console/support/submitted-portrait.ts';

/** Every page of the staff console at 1366 × 768, with sample students and drawn portraits. */

const FOLDER = resolve(import.meta.dirname, '../../docs/images/console');

test('the console, page by page', async () => {
  await mkdir(FOLDER, { recursive: true });
  const world = await openConsoleWorld();
  const executablePath = findSystemBrowser();
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: isRoot() ? ['--no-sandbox'] : [],
  });
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
  try {
    for (const student of [0, 1, 2]) await submitPortrait(world, student);
    await page.goto(`${world.url}/console/`);
    await page.getByLabel('账号').waitFor();
    await shoot(page, '01-login');
    await enter(page);
    await shoot(page, '02-dashboard');
    await shootReview(page, `${world.url}/console/review`);
    await shootPages(page, world.url);
  } finally {
    await browser.close();
    await world.close();
  }
});

const shoot = (page: Page, name: string) =>
  page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled' });

async function enter(page: Page): Promise<void> {
  await page.getByLabel('账号').fill(SAMPLE_STAFF[0]?.account ?? '');
  await page.getByLabel('密码').fill(SAMPLE_STAFF[0]?.password ?? '');
  await page.keyboard.press('Enter');
  await expect(page.getByText('采集点状态')).toBeVisible();
}

async function shootReview(page: Page, url: string): Promise<void> {
  const approve = page.getByRole('button', { name: /^通过/ });
  await page.goto(url);
  await expect(approve).toBeEnabled();
  await shoot(page, '03-review');
  await page.keyboard.press('r');
  await page.keyboard.press('c');
  await shoot(page, '04-review-reasons');
  await page.keyboard.press('Enter');
  await expect(page.getByText('本次已审 1')).toBeVisible();
  await expect(approve).toBeEnabled();
  await page.keyboard.press('z');
  await page.mouse.move(300, 330);
  await shoot(page, '05-review-magnified');
  await page.keyboard.press('a');
  await expect(page.getByText('本次已审 2')).toBeVisible();
}

async function shootPages(page: Page, url: string): Promise<void> {
  const open = async (path: string, name: string) => {
    await page.goto(`${url}/console/${path}`);
    await page.waitForLoadState('networkidle').catch(() => undefined);
    await shoot(page, name);
  };
  await open('orders', '06-orders');
  await page
    .getByRole('link', { name: /^\w{8,}/ })
    .first()
    .click();
  await expect(page.getByText('访问日志', { exact: true })).toBeVisible();
  await shoot(page, '07-order');
  await open('chat', '08-chat');
  await open('service', '09-service');
  await open('batches', '10-batches');
  await page.getByRole('button', { name: '导入名单' }).first().click();
  await page.locator('input[type=file]').setInputFiles({
    name: 'roster.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('学号,姓名,证件号\n20230001,示例,110101200403071230\n,无名,1\n'),
  });
  await expect(page.getByText('处错误')).toBeVisible();
  await shoot(page, '11-roster');
  await open('stations', '12-stations');
  await open('staff', '13-staff');
}
