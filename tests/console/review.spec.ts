import { createHash } from 'node:crypto';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { SAMPLE_STAFF } from '../../server/src/sample/sample-staff.ts';
import { type ConsoleWorld, openConsoleWorld } from './support/console-world.ts';
import { type SubmittedPhoto, submitPhoto } from './support/submitted-photo.ts';

/** Reviewers at work in real Chromium, by keyboard, against a real server in sample mode. */

let world: ConsoleWorld;
const contexts: BrowserContext[] = [];

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  world = await openConsoleWorld({ reviewHoldSeconds: 60 });
});
test.afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
});
test.afterAll(() => world?.close());

/** Logs in at the page; every refusal of the page's own policy fails the test. */
async function enter(
  browser: { newContext(options?: object): Promise<BrowserContext> },
  account: string,
): Promise<{ page: Page; violations: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  contexts.push(context);
  const page = await context.newPage();
  const violations: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) violations.push(message.text());
  });
  await page.goto(`${world.url}/console/review`);
  await page.getByLabel('账号').fill(account);
  const password = SAMPLE_STAFF.find((member) => member.account === account)?.password ?? '';
  await page.getByLabel('密码').fill(password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '照片审核' })).toBeVisible();
  return { page, violations };
}

const shows = (page: Page, photo: SubmittedPhoto) =>
  expect(page.locator('#page-header')).toContainText(photo.orderNo);
/** Both photos are there: only then may anybody decide. */
function pictureHeldUp() {
  let show: () => void = () => undefined;
  const slow = new Promise<void>((resolve) => {
    show = resolve;
  });
  return { slow, show: () => show() };
}

/** The minute in which a decision can be taken back is over. */
async function carriedOut(photo: SubmittedPhoto, state: string): Promise<void> {
  expect((await photo.order()).state).toBe('underReview');
  world.advance(61_000);
  await expect.poll(async () => (await photo.order()).state).toBe(state);
}
const loaded = (page: Page) => expect(page.getByRole('button', { name: /^通过/ })).toBeEnabled();

test('approves by keyboard, and the next photo is there at once', async ({ browser }) => {
  const first = await submitPhoto(world, 0);
  const second = await submitPhoto(world, 1);
  const { page, violations } = await enter(browser, 'demo-reviewer');
  await shows(page, first);
  await expect(page.getByAltText('原片')).toBeVisible();
  await expect(page.getByAltText('标准照')).toHaveAttribute('src', /^blob:/);
  await loaded(page);
  await page.keyboard.press('a');
  await shows(page, second);
  await expect(page.getByText('本次已审 1')).toBeVisible();
  await carriedOut(first, 'collected');
  const digest = createHash('sha256')
    .update(await first.standardPhoto())
    .digest('hex');
  expect(digest).toBe(first.sha256);
  await loaded(page);
  // What sent the reasons of the photo before must not approve this one.
  await page.keyboard.press('Enter');
  await expect(page.getByText('本次已审 1')).toBeVisible();
  await page.keyboard.press('a');
  await expect(page.getByText('队列已清空')).toBeVisible();
  await carriedOut(second, 'collected');
  // antd measures the scroll bar with a style of its own that the policy refuses, to no harm.
  expect(violations.filter((text) => !text.includes('style'))).toEqual([]);
});

test('rejects with reasons by key, once the photos are seen; the graduate reads them', async ({
  browser,
}) => {
  const { page } = await enter(browser, 'demo-reviewer');
  const { slow, show } = pictureHeldUp();
  await page.route(/\/photos\/[^/]+\/original$/, async (route) => {
    await slow;
    await route.continue();
  });
  const photo = await submitPhoto(world, 2);
  await shows(page, photo);
  for (const key of ['r', 'b', 'n', 'Enter']) await page.keyboard.press(key);
  await expect(page.getByText('照片还没有看清')).toBeVisible();
  for (const key of ['b', 'n', 'Escape', 'a', 'Enter']) await page.keyboard.press(key);
  await expect(page.getByText('照片还没有看清')).toBeVisible();
  expect((await photo.order()).state).toBe('underReview');
  show();
  await loaded(page);
  await expect(page.getByText('照片还没有看清')).toBeHidden();
  await page.keyboard.press('r');
  await expect(page.getByRole('heading', { name: '选择不通过的原因' })).toBeVisible();
  await page.keyboard.press('1');
  await page.keyboard.press('c');
  await page.keyboard.press('2');
  await page.keyboard.press('2');
  await page.keyboard.press('Tab');
  await expect(page.getByPlaceholder('补充说明')).toBeFocused();
  await page.keyboard.insertText('请把刘海夹起来');
  await page.keyboard.press('Enter');
  await expect(page.getByText('队列已清空')).toBeVisible();
  await carriedOut(photo, 'rejected');
  const { reasons } = await photo.order();
  expect(reasons.map(({ code }) => code)).toEqual(['teethShowing', 'hairOverFace', 'note']);
});

test('a mark as not kept stops approval; a decision is taken back by Z', async ({ browser }) => {
  const photo = await submitPhoto(world, 3);
  const { page } = await enter(browser, 'demo-reviewer');
  await shows(page, photo);
  await loaded(page);
  await page.getByRole('button', { name: /双耳、额头/ }).click();
  await page.keyboard.press('a');
  await expect(page.getByText('有标记为不符合的项目').first()).toBeVisible();
  expect((await photo.order()).state).toBe('underReview');
  await page.getByRole('button', { name: /双耳、额头/ }).click();
  await page.keyboard.press('Escape');
  await shows(page, photo);
  await loaded(page);
  await page.keyboard.press('a');
  await expect(page.getByText('队列已清空')).toBeVisible();
  await expect(page.getByTestId('take-back')).toContainText('撤回刚才的通过');
  await page.keyboard.press('z');
  await shows(page, photo);
  await expect(page.getByText('本次已审 0')).toBeVisible();
  await expect(page.getByTestId('take-back')).toBeHidden();
  await loaded(page);
  await page.keyboard.press('r');
  await page.keyboard.press('1');
  await page.keyboard.press('Enter');
  await expect(page.getByText('队列已清空')).toBeVisible();
  await carriedOut(photo, 'rejected');
  await page.keyboard.press('z');
  await expect(page.getByText('已经生效')).toBeVisible();
});

test('a photo that did not load is loaded again; Enter on a button is that button’s', async ({
  browser,
}) => {
  const { page } = await enter(browser, 'demo-reviewer');
  await expect(page.getByText('队列已清空')).toBeVisible();
  let asked = 0;
  await page.route(/\/photos\/[^/]+\/original$/, (route) =>
    asked++ > 0 ? route.continue() : route.abort(),
  );
  const photo = await submitPhoto(world, 6);
  await shows(page, photo);
  await expect(page.getByText('照片没有加载成功')).toBeVisible();
  await expect(page.getByRole('button', { name: /^通过/ })).toBeDisabled();
  await page.getByRole('button', { name: '重试' }).click();
  await loaded(page);
  await page.getByRole('button', { name: /^不通过/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '选择不通过的原因' })).toBeVisible();
  expect((await photo.order()).state).toBe('underReview');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /双耳、额头/ }).click();
  await page.getByRole('button', { name: /双耳、额头/ }).click();
  await page.keyboard.press('a');
  await expect(page.getByText('队列已清空')).toBeVisible();
  await carriedOut(photo, 'collected');
});

test('two reviewers never see the same photo; a new one appears by itself', async ({ browser }) => {
  const { page: empty } = await enter(browser, 'demo-reviewer');
  await expect(empty.getByText('队列已清空')).toBeVisible();
  const photo = await submitPhoto(world, 4);
  await shows(empty, photo);
  const { page: other } = await enter(browser, 'demo-reviewer-2');
  await expect(other.getByText('队列已清空')).toBeVisible();
  const next = await submitPhoto(world, 5);
  await shows(other, next);
  await shows(empty, photo);
  await empty.getByRole('button', { name: '休息一下' }).click();
  await expect(empty.getByText('已暂停领取')).toBeVisible();
  await loaded(other);
  await other.keyboard.press('a');
  await shows(other, photo);
  await loaded(other);
  await other.keyboard.press('a');
  await expect(other.getByText('队列已清空')).toBeVisible();
});

test('an agent has no review page, and the dashboard shows the funnel', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  contexts.push(context);
  const page = await context.newPage();
  await page.goto(`${world.url}/console/`);
  await page.getByLabel('账号').fill('demo-agent');
  await page.getByLabel('密码').fill('wrong password');
  await page.keyboard.press('Enter');
  await expect(page.getByText('账号或密码不正确')).toBeVisible();
  await page.getByLabel('密码').fill(SAMPLE_STAFF[0]?.password ?? '');
  await page.keyboard.press('Enter');
  await expect(page.getByText('办理进度')).toBeVisible();
  await expect(page.getByText('采集完成').first()).toBeVisible();
  await context.setOffline(true);
  await expect(page.getByRole('status')).toContainText('连接中断');
  await context.setOffline(false);
  await expect(page.getByRole('status')).toBeHidden();
  await page.goto(`${world.url}/console/review`);
  await expect(page.getByText('您的角色没有使用这个页面的权限')).toBeVisible();
});
