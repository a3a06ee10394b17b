import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { OrderDetail } from '@gradshot/contract';
import { drawCodeOnPhone, writeFakeCameraFilm } from '@gradshot/testkit';
import { type Browser, chromium, expect, type Page, test } from '@playwright/test';
import { BUILD_TIMEOUT_MS, ensureClientBuilt } from '../../scripts/setup/companion-build.ts';
import { browserLaunch, fakeCamera } from '../../scripts/test/browser-launch.ts';
import { patient } from '../../scripts/test/slowness.ts';
import { drawnPictures } from './drawn-pictures.ts';
import { H5Graduate } from './h5-graduate.ts';
import { type H5Site, openH5Site } from './h5-site.ts';
import { phoneFaults } from './phone-judge.ts';
import { createScriptedServer, type ScriptedServer } from './scripted-server.ts';
import { ARRIVAL_CODE, COLLECTION_CODE } from './scripted-world.ts';

/** Where pictures of every page go, when they are wanted. */
const PICTURES = process.env.COMPANION_PICTURES;
const PHONE = { width: 390, height: 844 };

let folder: string;
let browser: Browser;
let site: H5Site;
let scripted: ScriptedServer;

test.beforeAll(async () => {
  test.setTimeout(patient(BUILD_TIMEOUT_MS));
  await ensureClientBuilt('h5');
});

test.beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'companion-'));
  const film = path.join(folder, 'code.y4m');
  const code = await drawCodeOnPhone(COLLECTION_CODE, { width: 1280, height: 720 });
  const { original, standard, sheets } = await drawnPictures();
  await writeFakeCameraFilm(
    film,
    [
      // Every opening of the camera starts the film again: the person, then the code.
      { picture: original, seconds: 4 },
      { picture: code, seconds: 2 },
    ],
    { width: 1280, height: 720 },
  );
  scripted = createScriptedServer({ standard, sheets });
  site = await openH5Site(scripted);
  browser = await openBrowser(film);
});

test.afterEach(async () => {
  await browser.close();
  await site.close();
  await rm(folder, { recursive: true });
});

function openBrowser(film: string): Promise<Browser> {
  return chromium.launch(browserLaunch(...fakeCamera(film)));
}

async function openPhone(locale = 'zh-CN'): Promise<H5Graduate> {
  const context = await browser.newContext({
    viewport: PHONE,
    deviceScaleFactor: PICTURES ? 1 : 2,
    hasTouch: true,
    isMobile: true,
    locale,
    permissions: ['camera'],
    acceptDownloads: true,
  });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(site.url);
  const graduate = new H5Graduate(page, async (name) => {
    expect(errors).toEqual([]);
    await atRest(page);
    expect(await phoneFaults(page), name).toEqual([]);
    if (PICTURES) await photograph(graduate, locale === 'zh-CN' ? name : `${name}.en`);
  });
  return graduate;
}

/** Pages slide in from the side: while one does, there is nothing to judge and nothing to photograph. */
async function atRest(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const moving = document
      .getAnimations()
      .some(
        ({ playState, effect }) =>
          playState === 'running' && effect?.getTiming().iterations !== Number.POSITIVE_INFINITY,
      );
    const shown = [...document.querySelectorAll('.taro_page')].filter((one) =>
      one.checkVisibility(),
    );
    return !moving && shown.some((one) => Math.abs(one.getBoundingClientRect().left) < 1);
  });
}

async function photograph({ page }: H5Graduate, name: string): Promise<void> {
  await mkdir(PICTURES ?? '', { recursive: true });
  await page.screenshot({ path: path.join(PICTURES ?? '', `${name}.png`) });
}

test('a graduate at home comes from the launch page to both downloads', async () => {
  const graduate = await openPhone();
  const { page } = graduate;
  await graduate.logIn();
  await graduate.getQualified();
  await graduate.pay();
  scripted.world.verdict = 'refuse';
  await graduate.shoot();
  await graduate.standardize('standardize-refused');
  // Left and come back to: what was wrong is still there to be read.
  await page.reload();
  await graduate.part('standardize-picture').waitFor();
  await expect(graduate.part('page-standardize')).toContainText('需要改正');
  await page.goto(`${site.url}#/pages/orders/index`);
  await graduate.tap('orders-enter-0');
  await graduate.at('order', 'order-refused');
  await expect(graduate.part('order-next')).toContainText('没有通过标准化检查');
  await graduate.tap('order-begin');
  await graduate.part('standardize-picture').waitFor();
  await expect(graduate.part('page-standardize')).toContainText('需要改正');
  scripted.world.verdict = 'warn';
  scripted.world.job = undefined;
  await graduate.tap('standardize-retake');
  await graduate.shootAndUpload();
  await graduate.standardize('standardize-result');
  await graduate.submit();

  scripted.happen('passIdentity', 'server');
  await page.reload();
  await graduate.at('review', 'review-under-review');
  await expect(graduate.part('review-promise')).toContainText('前完成审核');
  scripted.happen('reject', 'reviewer', [
    { code: 'teethShowing', zh: '露出牙齿，请自然闭合嘴唇后重拍', en: 'Teeth are showing' },
  ]);
  await page.reload();
  await graduate.at('review', 'review-rejected');
  await graduate.tap('review-retake');
  await graduate.at('requirements', 'requirements-again');
  expect(scripted.world.order.state).toBe('pendingCapture');
  scripted.world.job = undefined;
  await graduate.shoot();
  await graduate.standardize('standardize-result');
  await graduate.submit();
  scripted.happen('passIdentity', 'server');
  scripted.happen('approve', 'reviewer');
  await page.reload();
  await graduate.at('review', 'review-collected');

  await graduate.tap('review-download');
  await graduate.part('download-picture').waitFor();
  await graduate.at('download', 'download-standard');
  expect(await save(graduate)).toEqual(scripted.world.pictures.standard);
  await graduate.at('download', 'download-saved');
  await graduate.tap('download-sheet');
  await graduate.tap('download-sheet-6in');
  await graduate.part('download-picture').waitFor();
  await graduate.at('download', 'download-sheet');
  expect(await save(graduate)).toEqual(scripted.world.pictures.sheets['6in']);

  // Its time is over: nothing on the way back offers what is no longer there.
  scripted.world.order = { ...scripted.world.order, photoErasedAt: '2027-05-22T08:00:00.000Z' };
  await page.goBack();
  await expect(graduate.part('review-note')).toContainText('2027年5月22日');
  await graduate.at('review', 'review-erased');
  await expect(graduate.part('review-download')).toBeHidden();
  await graduate.part('review-contact').waitFor();
});

test('two taps open one page, one back leaves it, and a page loaded anew has a way on', async () => {
  const graduate = await openPhone();
  const { page } = graduate;
  await graduate.logIn();
  await graduate.part('home-qualification').evaluate((button: HTMLElement) => {
    button.click();
    button.click();
  });
  await graduate.at('qualification');
  await page.goBack();
  await graduate.at('home');
  await graduate.getQualified();
  await page.goto(`${site.url}#/pages/verify/index`);
  await page.reload();
  await graduate.tap('verify-again');
  await graduate.at('qualification');
});

test('a program out of sight lets the camera go, and takes it again', async () => {
  const graduate = await openPhone();
  const { page } = graduate;
  await graduate.logIn();
  await graduate.tap('home-qualification');
  await graduate.tap('qualification-scan');
  const video = page.locator('video').filter({ visible: true });
  await video.waitFor();
  const track = await video.evaluateHandle(
    (element: HTMLVideoElement) => (element.srcObject as MediaStream).getTracks()[0]!,
  );
  await setSight(page, 'hidden');
  await expect(video).toHaveCount(0);
  expect(await track.evaluate(({ readyState }) => readyState)).toBe('ended');
  await setSight(page, 'visible');
  await video.waitFor();
});

/** What the browser tells a page when another tab or program covers it. */
function setSight(page: Page, state: 'hidden' | 'visible'): Promise<void> {
  return page.evaluate((value) => {
    Object.defineProperty(document, 'visibilityState', { value, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
}

async function save(graduate: H5Graduate): Promise<Uint8Array> {
  const download = graduate.page.waitForEvent('download');
  await graduate.tap('download-save');
  const parts: Buffer[] = [];
  for await (const part of await (await download).createReadStream()) parts.push(part as Buffer);
  return new Uint8Array(Buffer.concat(parts));
}

test('customer service, messages, account, privacy and the station are a tap away', async () => {
  const graduate = await openPhone();
  await graduate.logIn();
  await graduate.getQualified();
  await graduate.tap('orders-support');
  await graduate.tap('support-faq-0');
  await graduate.at('support');
  await graduate.tap('support-chat');
  await graduate.part('chat-text').fill('请问可以更换照片吗？');
  await graduate.tap('chat-send');
  await expect(graduate.page.getByText('请问可以更换照片吗？')).toBeVisible();
  scripted.world.messages.push({
    messageId: '00000000-0000-4000-8000-00000000c001',
    from: 'agent',
    text: '您好，审核前可以点击【重拍】更换照片。',
  });
  await expect(graduate.page.getByText('您好，审核前可以')).toBeVisible();
  await graduate.at('chat');
  for (const behind of ['page-support', 'page-orders']) {
    await graduate.page.goBack();
    await graduate.part(behind).waitFor();
  }
  await graduate.tap('orders-enter-0');
  await graduate.at('order');
  await graduate.tap('order-handover');
  await graduate.part('handover-code').waitFor();
  await graduate.at('handover');
  await graduate.page.goto(`${site.url}#/pages/home/index`);
  await graduate.at('home', 'home-current');
  await graduate.tap('home-notices');
  await graduate.at('notices');
  await graduate.page.goBack();
  await graduate.tap('home-account');
  await graduate.at('account');
  await graduate.tap('account-privacy');
  await graduate.at('privacy');
});

test('到场 by the address that a station shows: log in, number, call; also on a small phone', async () => {
  const graduate = await openPhone();
  const { page } = graduate;
  await page.goto(`${site.url}#/pages/arrival/index?code=${ARRIVAL_CODE}`);
  await graduate.at('arrival', 'arrival-login');
  await graduate.tap('arrival-login');
  await graduate.fillLogin();
  await graduate.at('arrival', 'arrival-no-order');
  await graduate.tap('arrival-qualification');
  await graduate.tap('qualification-scan');
  await graduate.verify();
  await page.setViewportSize({ width: 360, height: 640 });
  // Each scan outside of the program opens it anew.
  const scanned = async (code: string) => {
    await page.goto(`${site.url}#/pages/arrival/index?code=${code}`);
    await page.reload();
  };
  await scanned('old.1.2');
  await graduate.part('arrival-scan').waitFor();
  await expect(graduate.part('page-arrival')).toContainText('已失效');
  await graduate.at('arrival', 'arrival-expired');
  await scanned(ARRIVAL_CODE);
  await expect(graduate.part('arrival-place')).toContainText('正在取号');
  await graduate.at('arrival', 'arrival-numbering');
  const stand = (place: Partial<NonNullable<OrderDetail['arrival']>>) => {
    const { order } = scripted.world;
    const arrival = { station: '一号采集点', at: order.updatedAt, number: 'A023', ...place };
    scripted.world.order = { ...order, arrival };
  };
  stand({ state: 'waiting', ahead: 3 });
  await expect(graduate.part('arrival-number')).toHaveText('A023', { timeout: patient(15_000) });
  await expect(graduate.part('arrival-place')).toContainText('前面还有 3 人');
  await graduate.at('arrival', 'arrival-waiting');
  stand({ state: 'called', ahead: 0 });
  await expect(graduate.part('page-arrival')).toContainText('请到采集点');
  await graduate.at('arrival', 'arrival-called');
  await page.setViewportSize(PHONE);
  await graduate.tap('arrival-order');
  await expect(graduate.part('order-arrival')).toContainText('A023');
  await graduate.at('order', 'order-arrived');
});

test('a broken connection shows a sentence and another try brings the page', async () => {
  const graduate = await openPhone('en-GB');
  await graduate.logIn();
  // In the browser, because Chromium repeats a read whose kept connection broke by itself.
  await graduate.page.route('**/v1/orders', (route) => route.abort(), { times: 1 });
  await graduate.tap('home-orders');
  await expect(
    graduate.part('page-orders').getByText('The server cannot be reached'),
  ).toBeVisible();
  await graduate.at('orders', 'orders-offline');
  await graduate.tap('retry');
  await graduate.at('orders', 'orders-empty');
});

test('the judge of the pages finds pale words and small targets', async () => {
  const graduate = await openPhone();
  await graduate.at('launch');
  const content = '.launch__lead { color: #bbb } #launch-enter { min-height: 30px; height: 30px }';
  await graduate.page.addStyleTag({ content });
  const faults = await phoneFaults(graduate.page);
  expect(faults.some((fault) => fault.includes('手机在家就能拍'))).toBe(true);
  expect(faults.some((fault) => fault.startsWith('small: launch-enter'))).toBe(true);
});
