import { join } from 'node:path';
import { drawCodeOnPhone, type SampleStudent, writeFakeCameraFilm } from '@gradshot/testkit';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { BUILD_TIMEOUT_MS, ensureClientBuilt } from '../../scripts/setup/companion-build.ts';
import { patient } from '../../scripts/test/slowness.ts';
import type { H5Graduate } from '../weapp/h5-graduate.ts';
import { fileToChoose } from './support/file-to-choose.ts';
import { launchKiosk } from './support/kiosk-browser.ts';
import { openPhone } from './support/phone-browser.ts';
import { portraitPicture } from './support/portrait.ts';
import { viewServerAs } from './support/server-view.ts';
import { openWorld, type World } from './support/world.ts';

/** What goes wrong in people's hands: each mishap has its sentence, and the way goes on. */

const PHONE = '13700137000';

let world: World;
let browser: Browser | undefined;

test.beforeAll(async () => {
  test.setTimeout(patient(BUILD_TIMEOUT_MS));
  await ensureClientBuilt('h5');
  world = await openWorld();
});
test.afterEach(() => browser?.close());
test.afterAll(() => world?.close());

const lastFourOf = (who: SampleStudent) => who.idNumber.replace(/[()]/g, '').slice(-4);
const student = (index: number) => world.simulators.gateway.students[index]!;

async function openGraduate(who: SampleStudent) {
  const film = join(world.folder, `mishaps-${who.studentNumber}.y4m`);
  const code = await drawCodeOnPhone(world.simulators.gateway.issueCode(who.studentNumber));
  const pictures = [await portraitPicture(), code];
  await writeFakeCameraFilm(
    film,
    pictures.map((picture) => ({ picture, seconds: 4 })),
  );
  browser = await launchKiosk(film);
  return openPhone(browser, world.serverUrl(), world.simulators.sms);
}

/** Two taps before the page has answered the first. */
async function tapTwice(graduate: H5Graduate, id: string): Promise<void> {
  await graduate.part(id).evaluate((button: HTMLElement) => {
    button.click();
    button.click();
  });
}

/** The page listens to the server for as long as it is open, so its network never falls idle. */
const reload = ({ page }: H5Graduate) => page.reload();

const said = (graduate: H5Graduate, words: string | RegExp) =>
  expect(graduate.page.locator('.note').filter({ visible: true, hasText: words })).toBeVisible();

async function ordersAtWechat(): Promise<number> {
  const { orders } = (await (
    await fetch(`${world.simulators.wechatPay.url}/sim/orders`)
  ).json()) as { orders: unknown[] };
  return orders.length;
}

async function logInClumsily(graduate: H5Graduate): Promise<void> {
  const { page } = graduate;
  await graduate.tap('launch-enter');
  await graduate.part('login-phone').fill('123');
  await graduate.part('login-code').fill('000000');
  await graduate.tap('login-submit');
  await said(graduate, '11 位手机号');
  await graduate.part('login-phone').fill(PHONE);
  await graduate.tap('login-submit');
  await said(graduate, '《隐私保护指引》');
  await graduate.tap('login-agree');
  await tapTwice(graduate, 'login-send');
  await expect.poll(() => world.simulators.sms.messages.length).toBe(1);
  const code = world.simulators.sms.lastCodeFor(PHONE) ?? '';
  await graduate.part('login-code').fill(code === '000000' ? '000001' : '000000');
  await graduate.tap('login-submit');
  await said(graduate, '短信验证码不正确');
  await graduate.part('login-code').fill(code);
  await graduate.tap('login-submit');
  await graduate.at('home');
  // Neither leads the way back into the login nor does a reload lose it.
  await reload(graduate);
  await graduate.at('home');
  expect(page.url()).toContain('pages/home');
}

async function payClumsily(graduate: H5Graduate): Promise<void> {
  const { page } = graduate;
  const before = await ordersAtWechat();
  await graduate.tap('orders-enter-0');
  await graduate.tap('order-begin');
  await graduate.tap('service-agree-service');
  await reload(graduate);
  await expect(graduate.part('service-pay')).toBeDisabled();
  await graduate.tap('service-agree-service');
  await graduate.tap('service-agree-faceProcessing');
  await tapTwice(graduate, 'service-pay');
  await page.getByRole('button', { name: '支付', exact: true }).waitFor();
  expect(await ordersAtWechat()).toBe(before + 1);
  // Back without paying; the page asks for the outcome, and offers both ways on.
  await page.goBack();
  await graduate.part('service-query').waitFor({ timeout: patient(60_000) });
  await page.goForward();
  await page.getByRole('button', { name: '支付', exact: true }).tap();
  await graduate.part('service-next').waitFor({ timeout: patient(60_000) });
  expect(await ordersAtWechat()).toBe(before + 1);
  await reload(graduate);
  await graduate.tap('service-next');
}

/** The network dies in the middle of the upload, and the page is loaded anew before it is back. */
async function uploadClumsily(graduate: H5Graduate): Promise<void> {
  const { page } = graduate;
  await graduate.tap('requirements-shoot');
  await graduate.part('capture-shoot').and(page.locator(':enabled')).waitFor();
  await graduate.tap('capture-shoot');
  await graduate.part('capture-picture').waitFor();
  await reload(graduate);
  await graduate.part('capture-picture').waitFor();
  let chunks = 0;
  // The first chunk, which may be the whole picture, arrives; its answer and all else is lost.
  await page.route('**/chunks/**', async (route) => {
    if (++chunks === 1) await route.fetch().catch(() => undefined);
    await route.abort();
  });
  await tapTwice(graduate, 'capture-upload');
  await expect(graduate.part('capture-upload')).toHaveText('继续上传', {
    timeout: patient(60_000),
  });
  await said(graduate, /网络|服务器/);
  await page.unroute('**/chunks/**');
  await reload(graduate);
  await expect(graduate.part('capture-upload')).toHaveText('继续上传');
  await tapTwice(graduate, 'capture-upload');
  await graduate.part('standardize-start').waitFor({ timeout: patient(60_000) });
}

async function submitClumsily(graduate: H5Graduate): Promise<void> {
  const { page } = graduate;
  await reload(graduate);
  await tapTwice(graduate, 'standardize-start');
  await reload(graduate);
  await graduate.part('standardize-submit').waitFor({ timeout: patient(60_000) });
  await graduate.tap('standardize-submit');
  await tapTwice(graduate, 'standardize-confirm');
  await graduate.at('review');
  await page.goBack();
  await reload(graduate);
  await page.goto(`${world.serverUrl()}/h5/#/pages/orders/index`);
  await graduate.tap('orders-enter-0');
  await expect(graduate.part('page-order')).toContainText('审核中');
}

test('wrong codes, double taps, reloads and a dead network still lead to the review, once', async () => {
  const who = student(2);
  const { graduate, faults } = await openGraduate(who);
  await logInClumsily(graduate);
  await graduate.tap('home-qualification');
  const chooser = graduate.page.waitForEvent('filechooser');
  await graduate.tap('qualification-album');
  await (await chooser).setFiles(await fileToChoose('说明.txt', Buffer.from('不是图片')));
  await expect(graduate.page.locator('.note--bad').filter({ visible: true })).toBeVisible();
  await graduate.tap('qualification-scan');
  await graduate.part('page-verify').waitFor({ timeout: patient(60_000) });
  await graduate.part('verify-last-four').fill('000Y');
  await graduate.tap('verify-submit');
  await expect(graduate.page.locator('.note').filter({ visible: true }).first()).toBeVisible();
  await graduate.part('verify-last-four').fill(lastFourOf(who));
  await tapTwice(graduate, 'verify-submit');
  await graduate.at('orders');
  await payClumsily(graduate);
  await uploadClumsily(graduate);
  await submitClumsily(graduate);
  const order = await (await viewServerAs(world, who)).order();
  for (const event of ['confirmPayment', 'keepPhoto', 'handIn'])
    expect(order.history.filter((entry) => entry.event === event)).toHaveLength(1);
  // The change reached the phone as a text message as well.
  await expect
    .poll(() => world.simulators.sms.messages.some(({ text }) => text.includes('审核中')), {
      timeout: patient(120_000),
    })
    .toBe(true);
  expect(faults).toEqual([]);
});

test('a refused camera leaves the phone’s own, and wrong files are told from pictures', async () => {
  const who = student(3);
  const { graduate } = await openGraduate(who);
  const { page } = graduate;
  await graduate.logIn('13600136000');
  await graduate.getQualified(lastFourOf(who));
  await graduate.pay(() => page.getByRole('button', { name: '支付', exact: true }).tap());
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () =>
      Promise.reject(new DOMException('refused', 'NotAllowedError'));
  });
  await reload(graduate);
  await graduate.tap('requirements-shoot');
  await said(graduate, '相机');
  const choose = async (file: string) => {
    const chooser = page.waitForEvent('filechooser');
    await graduate.tap('capture-system');
    await (await chooser).setFiles(file);
  };
  await choose(await fileToChoose('a.txt', Buffer.from('不是图片')));
  await said(graduate, '这个文件不是照片');
  const huge = Buffer.alloc(49 * 1024 * 1024);
  Buffer.from([0xff, 0xd8, 0xff, 0xe0]).copy(huge);
  await choose(await fileToChoose('a.jpg', huge));
  await graduate.part('capture-picture').waitFor();
  await graduate.tap('capture-retake');
  const portrait = await portraitPicture();
  await choose(typeof portrait === 'string' ? portrait : await fileToChoose('b.jpg', portrait));
  await graduate.tap('capture-upload');
  await graduate.part('standardize-start').waitFor({ timeout: patient(60_000) });
});

test('inside WeChat’s own browser the page says where to pay', async () => {
  const who = student(4);
  const { graduate } = await openGraduate(who);
  await asWechat(graduate.page);
  await graduate.page.reload();
  await graduate.logIn('13500135000');
  await graduate.getQualified(lastFourOf(who));
  await graduate.tap('orders-enter-0');
  await graduate.tap('order-begin');
  await graduate.tap('service-agree-service');
  await graduate.tap('service-agree-faceProcessing');
  await said(graduate, '在浏览器打开');
  await expect(graduate.part('service-pay')).toBeDisabled();
});

const asWechat = (page: Page) =>
  page.addInitScript(() => {
    const userAgent = `${navigator.userAgent} MicroMessenger/8.0.50`;
    Object.defineProperty(navigator, 'userAgent', { get: () => userAgent });
  });
