import { type Browser, expect, type Page, test } from '@playwright/test';
import { typeLastFour } from './support/graduate.ts';
import { emptyFilm, launchKiosk } from './support/kiosk-browser.ts';
import { openWorld, type World } from './support/world.ts';

/** What a person gets wrong at the screen: each mistake has its own sentence and changes nothing. */

let world: World;
let browser: Browser;
let page: Page;

test.beforeAll(async () => {
  world = await openWorld();
  browser = await launchKiosk(await emptyFilm(world.folder));
});
test.beforeEach(async () => {
  page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  await page.goto(await world.stationAddress());
  await page.getByTestId('page-welcome').waitFor();
  await page.getByTestId('enter').click();
});
test.afterEach(async () => {
  await page.getByTestId('leave').click();
  await page.close();
});
test.afterAll(async () => {
  await browser?.close();
  await world?.close();
});

/**
 * As a hand scanner does: with an Enter at the end, and so fast that the keys have to be pressed within
 * the page, each a millisecond after the other: on a busy machine they would come too slowly.
 */
async function scanCode(payload: string): Promise<void> {
  await page.evaluate((text) => {
    const begun = performance.now();
    for (const [index, key] of [...text, 'Enter'].entries()) {
      const press = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
      Object.defineProperty(press, 'timeStamp', { value: begun + index });
      document.body.dispatchEvent(press);
    }
  }, payload);
}

test('a code that is none, an unknown and an expired one', async () => {
  const { gateway } = world.simulators;
  const { studentNumber } = gateway.students[3]!;
  await scanCode('https://example.com/not-a-code');
  await expect(page.getByTestId('failure')).toContainText('不是学信网图像采集码');
  await scanCode(gateway.issueCode(studentNumber, 'unknown'));
  await expect(page.getByTestId('failure')).toContainText('没有查到这个采集码');
  await scanCode(gateway.issueCode(studentNumber, 'expired'));
  await expect(page.getByTestId('failure')).toContainText('采集码已过期');
  await expect(page.getByTestId('page-scanCode')).toBeVisible();
});

test('five wrong last fours lock the record, also for the right ones and other visits', async () => {
  const { gateway } = world.simulators;
  const student = gateway.students[4]!;
  await scanCode(gateway.issueCode(student.studentNumber));
  await page.getByTestId('page-verify').waitFor();
  for (const remaining of [4, 3, 2, 1]) {
    await typeLastFour(page, '0000');
    await expect(page.getByTestId('failure')).toContainText(`还可以尝试 ${remaining} 次`);
  }
  await typeLastFour(page, '0000');
  await expect(page.getByTestId('locked')).toContainText('请联系工作人员');
  await page.getByTestId('retry-last-four').click();
  await typeLastFour(page, student.idNumber.slice(-4));
  await expect(page.getByTestId('locked')).toContainText('请联系工作人员');
  await expect(page.getByTestId('page-verify')).toBeVisible();
});

test('a school without an open batch says so', async () => {
  const { gateway } = world.simulators;
  const student = gateway.students.find(({ schoolCode }) => schoolCode === '99003')!;
  await scanCode(gateway.issueCode(student.studentNumber));
  await expect(page.getByTestId('failure')).toContainText(/暂未开放图像采集/);
});
