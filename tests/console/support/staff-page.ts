import { type BrowserContext, expect, type Page } from '@playwright/test';
import { SAMPLE_STAFF } from '../../../server/src/sample/sample-staff.ts';
import type { ConsoleWorld } from './console-world.ts';

type Browsing = { newContext(options?: object): Promise<BrowserContext> };

export const passwordOf = (account: string) =>
  SAMPLE_STAFF.find((member) => member.account === account)?.password ?? '';

/** Logs in at a page of the console, in a browser of its own. */
export async function enterConsole(
  browser: Browsing,
  world: ConsoleWorld,
  account: string,
  path: string,
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  const page = await context.newPage();
  await page.goto(`${world.url}/console/${path}`);
  await logIn(page, account);
  return page;
}

export async function logIn(page: Page, account: string, password = passwordOf(account)) {
  await page.getByLabel('账号').fill(account);
  await page.getByLabel('密码').fill(password);
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('密码')).toBeHidden();
}
