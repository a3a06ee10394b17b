import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { makePhoto } from '../../server/tests/support/pictures.ts';
import { type ConsoleWorld, openConsoleWorld } from './support/console-world.ts';
import { enterConsole } from './support/staff-page.ts';
import { submitPhoto } from './support/submitted-photo.ts';

/** What staff at the station said about a photo, as the reviewer sees it in real Chromium. */

let world: ConsoleWorld;
const contexts: BrowserContext[] = [];

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  world = await openConsoleWorld();
});
test.afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
});
test.afterAll(() => world?.close());

async function enter(browser: Parameters<typeof enterConsole>[0]): Promise<Page> {
  const page = await enterConsole(browser, world, 'demo-reviewer', 'review');
  contexts.push(page.context());
  return page;
}

/** Both photos are there: only then may anybody decide. */
async function approve(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: /^通过/ })).toBeEnabled();
  await page.keyboard.press('a');
  await expect(page.getByText('队列已清空')).toBeVisible();
}

test('what was not fine stands first, the rest on request', async ({ browser }) => {
  const answers = { 'face.person': 'kept', 'accessories.glasses': 'notKept' } as const;
  await submitPhoto(world, 0, undefined, { answers, note: '本人左眼佩戴义眼' });
  const page = await enter(browser);
  const panel = page.getByTestId('on-site');
  await expect(panel.getByRole('listitem')).toHaveText(['镜片是否无色、无反光？不符合']);
  await expect(panel).toContainText('符合 1 项 · 未看 5 项');
  await expect(panel).toContainText('现场备注 本人左眼佩戴义眼');
  await page.getByRole('button', { name: '逐项查看' }).click();
  await expect(panel.getByRole('listitem')).toHaveCount(7);
  await approve(page);
});

test('where nobody looked it says so', async ({ browser }) => {
  await submitPhoto(world, 1);
  const page = await enter(browser);
  await expect(page.getByTestId('on-site')).toContainText('现场没有人核对');
  await expect(page.getByTestId('release')).toHaveCount(0);
  await approve(page);
});

test('that staff released a photo comes before everything, with the reason', async ({
  browser,
}) => {
  const made = await makePhoto(109);
  const reason = { code: 'eyes.open', zh: '请睁开双眼。', en: 'Open your eyes.' };
  const check = { ...reason, level: 'fail', value: 0.14, limit: 0.18, unit: '' } as const;
  const report = { ...made.meta.report, accepted: false, reason, checks: [check] };
  const at = new Date().toISOString();
  const cause = { cause: 'health', text: '面瘫，左眼不能完全睁开' } as const;
  const onSite = { release: { checks: ['eyes.open' as const], ...cause, at } };
  await submitPhoto(world, 2, { ...made, meta: { ...made.meta, report, onSite } }, onSite);
  const page = await enter(browser);
  const release = page.getByTestId('release');
  await expect(release).toContainText('工作人员放行：身体原因，无法做到');
  await expect(release).toContainText('面瘫，左眼不能完全睁开');
  await expect(release).toContainText('机器未通过：双眼睁开');
  await approve(page);
});
