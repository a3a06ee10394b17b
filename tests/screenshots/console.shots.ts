import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { chromium, expect, type Page, test } from '@playwright/test';
import sharp from 'sharp';
import { browserLaunch } from '../../scripts/test/browser-launch.ts';
import { SAMPLE_STAFF } from '../../server/src/sample/sample-staff.ts';
import { makeJpeg } from '../../server/tests/support/pictures.ts';
import { makeZip, type ZipFile } from '../../server/tests/support/zip.ts';
import { type ConsoleWorld, openConsoleWorld } from '../console/support/console-world.ts';
import { enrolStation } from '../console/support/enrolled-station.ts';
import { sampleRoster } from '../console/support/sample-roster.ts';
import { payInVain } from '../console/support/submitted-photo.ts';
import { submitPortrait } from '../console/support/submitted-portrait.ts';
import { fileToChoose } from '../e2e/support/file-to-choose.ts';
import { portraitFromDependency } from '../e2e/support/portrait.ts';

/** Every page of the staff console at 1366 × 768, with sample students and drawn portraits. */

const FOLDER = resolve(import.meta.dirname, '../../docs/images/console');

test('the console, page by page', async () => {
  await mkdir(FOLDER, { recursive: true });
  const world = await openConsoleWorld({ engine: true, closesLate: true });
  const browser = await chromium.launch(browserLaunch());
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
  try {
    await page.goto(`${world.url}/console/`);
    await page.getByLabel('账号').waitFor();
    await shoot(page, '01-login');
    await enter(page);
    await importRoster(page, world);
    for (const student of [0, 1, 2]) await submitPortrait(world, student);
    for (const student of [3, 4]) await payInVain(world, student);
    await page.goto(`${world.url}/console/dashboard`);
    await expect(page.getByText('采集点状态')).toBeVisible();
    await shoot(page, '02-dashboard');
    await shootReview(page, `${world.url}/console/review`);
    await shootPages(page, world.url);
    await shootStations(page, world.url);
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

async function openRoster(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/console/batches`);
  const batch = page.getByRole('row').filter({ hasText: '演示大学' });
  await batch.getByRole('link', { name: '名单与进度' }).click();
  await expect(page.getByText('名单人数')).toBeVisible();
}

/** The register of the sample students and some who never come, with one admission photo. */
async function importRoster(page: Page, world: ConsoleWorld): Promise<void> {
  await openRoster(page, world.url);
  await page.getByRole('button', { name: '导入名单' }).first().click();
  const file = page.locator('input[type=file]');
  await file.setInputFiles(await fileToChoose('名单.csv', sampleRoster(world, 240)));
  await page.getByRole('button', { name: '确认导入' }).click();
  await expect(page.getByText('已导入')).toBeVisible();
  await page.getByRole('button', { name: '名单与进度' }).click();
  await page.getByRole('button', { name: /录取照片$/ }).click();
  await choosePhotos(page, [{ name: '20230001.jpg', bytes: await admissionPhoto() }]);
  await page.getByRole('button', { name: '导入 1 张' }).click();
  await expect(page.getByText('已导入 1 张')).toBeVisible();
}

const choosePhotos = async (page: Page, files: readonly ZipFile[]) =>
  page.locator('input[type=file]').setInputFiles(await fileToChoose('照片.zip', makeZip(files)));

/** The same drawn person, as small as an old record keeps people. */
async function admissionPhoto(): Promise<Buffer> {
  return sharp(await portraitFromDependency())
    .resize(300, 330)
    .extract({ left: 45, top: 20, width: 210, height: 280 })
    .jpeg({ quality: 80 })
    .toBuffer();
}

async function shootReview(page: Page, url: string): Promise<void> {
  const approve = page.getByRole('button', { name: /^通过/ });
  await page.goto(url);
  await expect(approve).toBeEnabled();
  await expect(page.getByText('比对结果仅供参考')).toBeVisible();
  await shoot(page, '03-review');
  await page.keyboard.press('r');
  await page.keyboard.press('c');
  await shoot(page, '04-review-reasons');
  await page.keyboard.press('Enter');
  await expect(page.getByText('本次已审 1')).toBeVisible();
  await expect(approve).toBeEnabled();
  await page.keyboard.press('Space');
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
  await openRoster(page, url);
  await shoot(page, '14-roster-progress');
  await page.getByRole('button', { name: '导入名单' }).first().click();
  const faulty = Buffer.from('学号,姓名,证件号\n20230001,示例,110101200403071230\n,无名,1\n');
  await page.locator('input[type=file]').setInputFiles(await fileToChoose('roster.csv', faulty));
  await expect(page.getByText('行有问题，可以在下面改正')).toBeVisible();
  await shoot(page, '11-roster');
  await page.getByRole('button', { name: '调整工作表与列' }).click();
  await expect(page.getByText('表头在第')).toBeVisible();
  await shoot(page, '21-roster-columns');
  await page.getByRole('button', { name: '返回' }).first().click();
  await page.getByRole('button', { name: '导入历史' }).click();
  await expect(page.getByRole('button', { name: '撤销导入' })).toBeVisible();
  await shoot(page, '22-roster-imports');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /录取照片$/ }).click();
  await choosePhotos(page, [
    { name: '20230002.jpg', bytes: await makeJpeg({ width: 150, height: 210 }) },
    { name: '20239999.jpg', bytes: await makeJpeg({ width: 150, height: 210 }) },
    { name: '20230003.jpg', bytes: Buffer.from('not a picture') },
  ]);
  await expect(page.getByText('不能使用')).toBeVisible();
  await shoot(page, '15-roster-photos');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '比对阈值' }).click();
  await page.getByLabel('低于此分数').fill('0.8');
  await page.getByLabel('达到此分数').fill('0.62');
  await page.getByRole('button', { name: /保\s*存/ }).click();
  await expect(page.getByText('第一个数值不能大于第二个')).toBeVisible();
  await page.getByLabel('低于此分数').fill('0.48');
  await expect(page.getByText('第一个数值不能大于第二个')).toBeHidden();
  await shoot(page, '19-comparison-bands');
  await open('refunds', '16-refunds');
  await page.getByRole('button', { name: '登记线下退回' }).first().click();
  await page.getByLabel('凭证号').fill('转账 20261123-01');
  await shoot(page, '17-refund-by-hand');
  await page.keyboard.press('Enter');
  await expect(page.getByText('共 1 笔待退')).toBeVisible();
  await page.getByRole('button', { name: '原路退回' }).click();
  await page.getByRole('button', { name: '退回 ¥25.00' }).click();
  await expect(page.getByText('没有待退的款项')).toBeVisible();
  await page.getByText('已退回', { exact: true }).click();
  await page.locator('.ant-table-row-expand-icon').first().click();
  await expect(page.getByText('申请退回').or(page.getByText('线下退回')).first()).toBeVisible();
  await shoot(page, '18-refunds-returned');
  await open('staff', '13-staff');
}

/** One at work, one with photos to send, one that was lost. */
async function shootStations(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/console/stations`);
  const disable = (name: string) =>
    page
      .getByRole('row')
      .filter({ hasText: name })
      .getByRole('button', { name: /停\s*用/ });
  await addStation(page, url, '体育馆三号机', 0);
  await addStation(page, url, '图书馆二号机', 3);
  await page.reload();
  const dialog = page.getByRole('dialog');
  await disable('体育馆三号机').click();
  await dialog.getByRole('textbox').fill('撤场清点时缺少，疑似失窃');
  await dialog.getByRole('button', { name: /停\s*用/ }).click();
  await expect(page.getByText('已停用').last()).toBeVisible();
  await expect(dialog).toBeHidden();
  await page
    .getByRole('row')
    .filter({ hasText: '体育馆三号机' })
    .locator('.ant-table-row-expand-icon')
    .click();
  await expect(page.getByText('疑似失窃')).toBeVisible();
  await page.mouse.move(0, 0);
  await expect(page.locator('.ant-message-notice')).toHaveCount(0);
  await shoot(page, '12-stations');
  await disable('图书馆二号机').click();
  await dialog.getByRole('textbox').fill('换新设备，旧机退役');
  await shoot(page, '20-station-disable');
}

async function addStation(page: Page, url: string, name: string, unsent: number): Promise<void> {
  await page.getByRole('button', { name: '生成登记码' }).click();
  const code = page.getByText(/^[0-9A-Z]{4}-/);
  const station = await enrolStation(url, await code.innerText(), name);
  const body = { version: '0.1.0', outboxLength: unsent, parked: 0 };
  expect((await station.call('stationHeartbeat', { body })).ok).toBe(true);
  await page.reload();
}
