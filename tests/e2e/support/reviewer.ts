import { type Browser, expect, type Page } from '@playwright/test';
import { patient } from '../../../scripts/test/slowness.ts';
import { SAMPLE_STAFF } from '../../../server/src/sample/sample-staff.ts';

const ACCOUNT = 'demo-reviewer';

/** A reviewer at the console's keyboard. */
export type Reviewer = {
  /** Waits until both photos of the order are there. */
  sees(orderNo: string): Promise<void>;
  /** The standard photo on the screen, as it came from the server. */
  standardPhoto(): Promise<Buffer>;
  approve(): Promise<void>;
  /** With the first reason of the catalogue's first group. */
  reject(): Promise<void>;
  /** Nothing more is fetched from the queue. */
  leave(): Promise<void>;
};

export async function openReviewer(browser: Browser, serverUrl: string): Promise<Reviewer> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    locale: 'zh-CN',
  });
  const page = await context.newPage();
  let standard: Promise<Buffer> | undefined;
  page.on('response', (response) => {
    if (response.url().endsWith('/standard')) standard = response.body();
  });
  await logIn(page, serverUrl);
  return {
    async sees(orderNo) {
      await expect(page.locator('#page-header')).toContainText(orderNo, {
        timeout: patient(60_000),
      });
      await expect(page.getByRole('button', { name: /^通过/ })).toBeEnabled();
    },
    async standardPhoto() {
      if (!standard) throw new Error('no standard photo was fetched');
      return standard;
    },
    async approve() {
      await page.keyboard.press('a');
      await expect(page.getByText('队列已清空')).toBeVisible();
    },
    async reject() {
      await page.keyboard.press('r');
      await expect(page.getByRole('heading', { name: '选择不通过的原因' })).toBeVisible();
      await page.keyboard.press('1');
      await page.keyboard.press('Enter');
      await expect(page.getByText('队列已清空')).toBeVisible();
    },
    leave: () => context.close(),
  };
}

async function logIn(page: Page, serverUrl: string): Promise<void> {
  await page.goto(`${serverUrl}/console/review`);
  await page.getByLabel('账号').fill(ACCOUNT);
  const member = SAMPLE_STAFF.find(({ account }) => account === ACCOUNT);
  await page.getByLabel('密码').fill(member?.password ?? '');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '照片审核' })).toBeVisible();
}
