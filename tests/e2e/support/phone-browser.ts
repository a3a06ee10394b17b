import type { Simulators } from '@gradshot/testkit';
import type { Browser } from '@playwright/test';
import { H5Graduate } from '../../weapp/h5-graduate.ts';

const PHONE = { width: 390, height: 844 };

/** Opens the H5 client as the server hands it out, on a phone; no script may fail on its way. */
export async function openPhone(
  browser: Browser,
  serverUrl: string,
  sms: Simulators['sms'],
): Promise<{ graduate: H5Graduate; faults: readonly string[] }> {
  const context = await browser.newContext({
    viewport: PHONE,
    deviceScaleFactor: 2,
    hasTouch: true,
    isMobile: true,
    locale: 'zh-CN',
    permissions: ['camera'],
    acceptDownloads: true,
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', ({ message }) => faults.push(message));
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) faults.push(message.text());
  });
  await page.goto(`${serverUrl}/h5/`);
  return { graduate: new H5Graduate(page, undefined, sms.lastCodeFor), faults };
}
