import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { makeJpeg } from '../../server/tests/support/pictures.ts';
import { makeZip } from '../../server/tests/support/zip.ts';
import { fileToChoose } from '../e2e/support/file-to-choose.ts';
import { type ConsoleWorld, openConsoleWorld } from './support/console-world.ts';
import { sampleRoster } from './support/sample-roster.ts';
import { enterConsole, logIn } from './support/staff-page.ts';
import { openPayment, payInVain, submitPhoto } from './support/submitted-photo.ts';

/** Administrators and agents at their desks, and what goes wrong there, in real Chromium. */

let world: ConsoleWorld;
const contexts: BrowserContext[] = [];

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  world = await openConsoleWorld({ closesLate: true });
});
test.afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
});
test.afterAll(() => world?.close());

async function enter(
  browser: Parameters<typeof enterConsole>[0],
  account: string,
  path: string,
): Promise<Page> {
  const page = await enterConsole(browser, world, account, path);
  contexts.push(page.context());
  return page;
}

const choose = async (page: Page, name: string, bytes: Buffer) =>
  page.locator('input[type=file]').setInputFiles(await fileToChoose(name, bytes));

test('an empty service: no photo, no order, nothing owed, no roster', async ({ browser }) => {
  const page = await enter(browser, 'demo-admin', 'dashboard');
  await expect(page.getByText('近 30 天没有退回')).toBeVisible();
  await page.goto(`${world.url}/console/review`);
  await expect(page.getByText('队列已清空')).toBeVisible();
  await page.goto(`${world.url}/console/orders`);
  await expect(page.getByText('没有符合条件的订单')).toBeVisible();
  await page.goto(`${world.url}/console/refunds`);
  await expect(page.getByText('没有待退的款项')).toBeVisible();
  await page.goto(`${world.url}/console/batches`);
  await page.getByRole('link', { name: '名单与进度' }).first().click();
  await expect(page.getByText('还没有导入名单')).toBeVisible();
});

test('holidays of a year that nobody knows yet are pasted as they are published', async ({
  browser,
}) => {
  const page = await enter(browser, 'demo-admin', 'calendar?year=2040');
  await expect(page.getByText('2040 年的放假安排还没有录入')).toBeVisible();
  const text = page.getByRole('textbox');
  await text.fill('国庆节放三天');
  await expect(page.getByText('这几行里没有认出日期')).toBeVisible();
  await expect(page.getByRole('button', { name: '保存' })).toBeDisabled();
  await text.fill('国庆节：10月1日（周一）至3日（周三）放假调休，共3天。9月29日（周六）上班。');
  await expect(page.getByText('将要保存')).toBeVisible();
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText('后台录入')).toBeVisible();
  await page.reload();
  await expect(page.getByText('10/3 休')).toBeVisible();
  await expect(page.getByText('9/29 班')).toBeVisible();
  await expect(page.getByText('还没有录入')).toBeHidden();
});

test('a roster and its photos come in; the reviewer sees class, photo and advice', async ({
  browser,
}) => {
  const page = await enter(browser, 'demo-admin', 'batches');
  const batch = page.getByRole('row').filter({ hasText: '演示大学' });
  await batch.getByRole('link', { name: '名单与进度' }).click();
  await page.getByRole('button', { name: '导入名单' }).first().click();
  await choose(page, '名单.csv', sampleRoster(world));
  await expect(page.getByText('检查通过，可以导入 5 人')).toBeVisible();
  await page.getByRole('button', { name: '确认导入' }).click();
  await expect(page.getByText('已导入 5 人')).toBeVisible();
  await page.getByRole('button', { name: '名单与进度' }).click();
  await expect(page.getByRole('cell', { name: '20230003', exact: true })).toBeVisible();
  await page.getByRole('button', { name: /录取照片$/ }).click();
  const zip = makeZip([
    { name: '录取照片/20230001.jpg', bytes: await makeJpeg({ width: 150, height: 210 }) },
    { name: '录取照片/20239999.jpg', bytes: await makeJpeg({ width: 150, height: 210, seed: 2 }) },
  ]);
  await choose(page, '照片.zip', zip);
  await expect(page.getByText('名单中没有这个学号、考生号或证件号')).toBeVisible();
  await page.getByRole('button', { name: '导入 1 张' }).click();
  await expect(page.getByText('已导入 1 张')).toBeVisible();

  const photo = await submitPhoto(world, 0);
  const reviewer = await enter(browser, 'demo-reviewer', 'review');
  await expect(reviewer.locator('#page-header')).toContainText(photo.orderNo);
  await expect(reviewer.locator('#page-header')).toContainText('软工2301');
  await expect(reviewer.getByAltText('录取照片')).toBeVisible();
  await expect(reviewer.getByText('难以判断')).toBeVisible();
  await expect(reviewer.getByText('比对结果仅供参考')).toBeVisible();
  await reviewer.keyboard.press('c');
  await expect(reviewer.locator('figcaption').getByText('录取照片')).toBeVisible();
  await reviewer.keyboard.press('c');
  await expect(reviewer.getByRole('button', { name: /^通过/ })).toBeEnabled();
  await reviewer.keyboard.press('a');
  await expect(reviewer.getByText('队列已清空')).toBeVisible();

  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /已完成/ }).click();
  await expect(page.getByRole('row')).toHaveCount(2);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出未完成' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^演示大学-.*未完成-\d{4}-\d{2}-\d{2}\.csv$/);
  await page.goto(`${world.url}/console/orders`);
  await expect(page.getByRole('cell', { name: '软工2301' })).toBeVisible();
});

test('a messy roster is mended in place, imported without its bad rows, and undone', async ({
  browser,
}) => {
  const page = await enter(browser, 'demo-admin', 'batches');
  const batch = page.getByRole('row').filter({ hasText: '演示大学' });
  await batch.getByRole('link', { name: '名单与进度' }).click();
  await page.getByRole('button', { name: '导入名单' }).first().click();
  const messy = [
    ...['2027 届毕业生名单', '编号,学生姓名,身份证件号', '20239001,赵示例,A1234567'],
    ...['20239002,,A1234568', '20239003,孙示例,1.1E+17', '合计,3'],
  ].join('\n');
  await choose(page, '名单.csv', Buffer.from(messy));
  await page.getByLabel('「编号」作为').click();
  await page.getByTitle('学号（XH）').click();
  await page.getByRole('button', { name: /检\s*查/ }).click();
  await expect(page.getByText('2 行有问题')).toBeVisible();
  await expect(page.getByText('以科学计数法保存')).toBeVisible();
  await page.getByLabel('第 4 行的姓名').fill('钱示例');
  await page.keyboard.press('Enter');
  await expect(page.getByText('1 行有问题')).toBeVisible();
  await page.getByRole('button', { name: '先导入 2 人' }).click();
  await expect(page.getByText('已导入 2 人')).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载有问题的行' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('名单-有问题的行.xlsx');
  await page.getByRole('button', { name: '名单与进度' }).click();
  await expect(page.getByRole('cell', { name: '20239002', exact: true })).toBeVisible();
  await page.getByRole('button', { name: '导入历史' }).click();
  await page.getByRole('button', { name: '撤销导入' }).first().click();
  await page.getByRole('button', { name: /确\s*定/ }).click();
  await expect(page.getByText('已撤销：移出 2 人')).toBeVisible();
});

test('offline collection is off until an administrator says who pays, which is written down', async ({
  browser,
}) => {
  const page = await enter(browser, 'demo-admin', 'batches');
  const batch = page.getByRole('row').filter({ hasText: '演示大学' });
  await batch.getByRole('link', { name: '名单与进度' }).click();
  const open = () => page.getByRole('button', { name: '离线采集 ·' }).click();
  const chosen = () => page.getByRole('dialog').getByRole('radio', { checked: true });
  await open();
  await expect(chosen()).toHaveAccessibleName(/不开放/);
  await page.getByRole('radio', { name: /校方统付/ }).check();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /保\s*存/ })
    .click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await open();
  await expect(chosen()).toHaveAccessibleName(/校方统付/);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '操作记录' }).click();
  await expect(page.getByText('设置离线采集')).toBeVisible();
});

test('a refund takes two people; one that does not arrive is dealt with by hand', async ({
  browser,
}) => {
  const { orderNo, codeUrl } = await openPayment(world, 3);
  const { wechatPay } = world.simulators;
  wechatPay.pay({ codeUrl });
  await wechatPay.settle();
  const asker = await enter(browser, 'demo-agent', 'orders');
  await asker.getByRole('link', { name: orderNo }).click();
  await asker.getByRole('button', { name: '申请退款' }).click();
  const dialog = asker.getByRole('dialog');
  await dialog.getByRole('textbox').fill('重复缴费');
  await dialog.getByRole('button', { name: '申请退款' }).dblclick();
  await expect(asker.getByText('等待另一位管理员审批').first()).toBeVisible();
  await asker.goto(`${world.url}/console/refunds`);
  await expect(asker.getByText('等待管理员审批')).toBeVisible();
  wechatPay.settings.refundsEnd = 'ABNORMAL';
  const page = await enter(browser, 'demo-admin', 'refunds?tab=requests');
  await page.getByRole('button', { name: '同意退款' }).click();
  await page.getByRole('button', { name: '退回 ¥25.00' }).click();
  await expect(page.getByText('没有等待审批的退款')).toBeVisible();
  await wechatPay.settle();
  wechatPay.settings.refundsEnd = 'SUCCESS';
  await page.goto(`${world.url}/console/refunds?tab=abnormal`);
  await page.getByRole('button', { name: '登记已退' }).click();
  await page.getByLabel('凭证号').fill('转账 20261201-09');
  await page.keyboard.press('Enter');
  await expect(page.getByText('没有需要人工处理的退款')).toBeVisible();
  await page.goto(`${world.url}/console/money/payments`);
  await page.getByPlaceholder('商户单号').fill(orderNo);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('cell', { name: '已退款' })).toBeVisible();
  await page.getByRole('link', { name: orderNo }).click();
  await expect(page.getByText('登记线下退回')).toBeVisible();
  await expect(page.getByText('重复缴费')).toBeVisible();
});

test('money that came too late is returned once, and noted by hand once', async ({ browser }) => {
  const first = await payInVain(world, 1);
  const second = await payInVain(world, 2);
  const page = await enter(browser, 'demo-admin', 'refunds');
  const row = (orderNo: string) => page.getByRole('row').filter({ hasText: orderNo });
  await expect(row(first)).toContainText('订单取消后到账');
  await expect(page.getByText('共 2 笔待退，合计 ¥50.00')).toBeVisible();
  await row(first).getByRole('button', { name: '原路退回' }).click();
  await page.getByRole('button', { name: '退回 ¥25.00' }).dblclick();
  await expect(page.getByText('已提交退回')).toBeVisible();
  await expect(row(first)).toBeHidden();
  await row(second).getByRole('button', { name: '登记线下退回' }).click();
  await page.getByLabel('凭证号').fill('转账 20261123-01');
  await page.keyboard.press('Enter');
  await expect(page.getByText('没有待退的款项')).toBeVisible();
  await page.getByText('已退回', { exact: true }).click();
  await expect(row(first)).toContainText('已原路退回');
  await expect(row(second)).toContainText('已线下退回');
  await row(second).getByRole('button').first().click();
  await expect(page.getByText('转账 20261123-01')).toBeVisible();
});

test('files that are no roster are refused with what to do', async ({ browser }) => {
  const page = await enter(browser, 'demo-admin', 'batches');
  const batch = page.getByRole('row').filter({ hasText: '演示大学' });
  await batch.getByRole('link', { name: '名单与进度' }).click();
  await page.getByRole('button', { name: '导入名单' }).first().click();
  await choose(page, '照片.jpg', await makeJpeg({ width: 40, height: 40 }));
  await expect(page.getByText('名单文件无法读取')).toBeVisible();
  await choose(page, '缺列.csv', Buffer.from('学号,姓名\n1,张示例\n'));
  await expect(page.getByText('没有找到学号、姓名和证件号三列')).toBeVisible();
  await page.getByRole('button', { name: '返回' }).first().click();
  await page.getByRole('button', { name: /录取照片$/ }).click();
  await choose(page, '不是压缩包.zip', Buffer.from('PK'));
  await expect(page.getByText('照片压缩包无法读取')).toBeVisible();
});

test('a lost session leads back to the login and then to the same page', async ({ browser }) => {
  const page = await enter(browser, 'demo-agent', 'orders');
  await expect(page.getByRole('heading', { name: '订单查询' })).toBeVisible();
  await page.getByPlaceholder(/^姓名、证件号/).fill('张示例');
  await page.context().clearCookies();
  // What the page fetches by itself may notice the loss first.
  await page.keyboard.press('Enter');
  await expect(page.getByText('登录已失效，请重新登录')).toBeVisible();
  await logIn(page, 'demo-agent');
  await expect(page.getByRole('heading', { name: '订单查询' })).toBeVisible();
});

test('an hour away from the desk: the lease is over, the photo goes back, nothing is decided', async ({
  browser,
}) => {
  const photo = await submitPhoto(world, 3);
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  contexts.push(context);
  const page = await context.newPage();
  await page.clock.install();
  await page.goto(`${world.url}/console/review`);
  await logIn(page, 'demo-reviewer');
  await expect(page.getByRole('button', { name: /^通过/ })).toBeEnabled();
  await page.clock.fastForward(6 * 60_000);
  await expect(page.getByText('这张照片已退回队列')).toBeVisible();
  await page.keyboard.press('a');
  expect((await photo.order()).state).toBe('underReview');
  await page.getByRole('button', { name: '领取下一张' }).click();
  await expect(page.locator('#page-header')).toContainText(photo.orderNo);
  await expect(page.getByRole('button', { name: /^通过/ })).toBeEnabled();
  await page.keyboard.press('a');
  await expect(page.getByText('队列已清空')).toBeVisible();
});

test('five wrong passwords lock the account, and say for how long', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  contexts.push(context);
  const page = await context.newPage();
  await page.goto(`${world.url}/console/`);
  for (let i = 0; i < 5; i += 1) {
    await page.getByLabel('账号').fill('demo-reviewer-2');
    await page.getByLabel('密码').fill(`wrong password ${i}`);
    const [answer] = await Promise.all([
      page.waitForResponse('**/v1/console/login'),
      page.keyboard.press('Enter'),
    ]);
    expect([401, 423]).toContain(answer.status());
  }
  await expect(page.getByText(/账号已锁定，请在 \d+ 分钟后再试/)).toBeVisible();
});
