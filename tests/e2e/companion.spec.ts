import { join } from 'node:path';
import { drawCodeOnPhone, type SampleStudent, writeFakeCameraFilm } from '@gradshot/testkit';
import { type Browser, expect, test } from '@playwright/test';
import sharp from 'sharp';
import { BUILD_TIMEOUT_MS, ensureClientBuilt } from '../../scripts/setup/companion-build.ts';
import { patient } from '../../scripts/test/slowness.ts';
import type { H5Graduate } from '../weapp/h5-graduate.ts';
import { confirmIdentity, scanCode, standardizeAndSubmit, takeShot } from './support/graduate.ts';
import { launchKiosk } from './support/kiosk-browser.ts';
import { openPhone } from './support/phone-browser.ts';
import { portraitPicture } from './support/portrait.ts';
import { openReviewer } from './support/reviewer.ts';
import { type ServerView, viewServerAs } from './support/server-view.ts';
import { expectInsideProfile } from './support/standard-photo.ts';
import { openWorld, type World } from './support/world.ts';

/** The graduate at home, the reviewer and the download, against the server's real worker. */

/** 152 × 102 mm at 300 dpi. */
const SIX_INCH_PAPER = { format: 'jpeg', sides: [1205, 1795], density: 300 };

let world: World;
const browsers: Browser[] = [];

test.beforeAll(async () => {
  test.setTimeout(patient(BUILD_TIMEOUT_MS));
  await ensureClientBuilt('h5');
  world = await openWorld();
});
test.afterEach(async () => {
  for (const browser of browsers.splice(0)) await browser.close();
});
test.afterAll(() => world?.close());

function student(index: number): SampleStudent {
  return world.simulators.gateway.students[index]!;
}

/** A camera that sees `pictures` one after the other, from the first one at every opening. */
async function launchBrowser(
  name: string,
  pictures: readonly (string | Buffer)[],
  seconds: number,
): Promise<Browser> {
  const film = join(world.folder, `${name}.y4m`);
  await writeFakeCameraFilm(
    film,
    pictures.map((picture) => ({ picture, seconds })),
  );
  const browser = await launchKiosk(film);
  browsers.push(browser);
  return browser;
}

/** Before the phone's camera: the person, then a screen with the 采集码. */
async function launchPhoneBrowser(who: SampleStudent): Promise<Browser> {
  const code = await drawCodeOnPhone(world.simulators.gateway.issueCode(who.studentNumber));
  return launchBrowser(`phone-${who.studentNumber}`, [await portraitPicture(), code], 4);
}

/** From the launch page to the paid order. */
async function beginAtHome(
  graduate: H5Graduate,
  who: SampleStudent,
  phone: string,
): Promise<ServerView> {
  await graduate.logIn(phone);
  await graduate.getQualified(who.idNumber.replace(/[()]/g, '').slice(-4));
  await graduate.pay(() => graduate.page.getByRole('button', { name: '支付' }).tap());
  const server = await viewServerAs(world, who);
  expect((await server.order()).state).toBe('pendingCapture');
  return server;
}

async function photographAndSubmit(graduate: H5Graduate): Promise<void> {
  await graduate.shoot();
  await graduate.standardize('standardize-result');
  await graduate.submit();
  await expectState(graduate, '审核中');
}

/** The page hears of it by itself. */
const expectState = (graduate: H5Graduate, state: string) =>
  expect(graduate.part('review-state')).toHaveText(state, { timeout: patient(60_000) });

async function save(graduate: H5Graduate): Promise<Buffer> {
  await graduate.part('download-picture').waitFor();
  const download = graduate.page.waitForEvent('download');
  await graduate.tap('download-save');
  const parts: Buffer[] = [];
  for await (const part of await (await download).createReadStream()) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** 标准照 byte for byte as it was approved, and 排版照 on 6-inch paper. */
async function downloadBoth(graduate: H5Graduate, approved: Buffer): Promise<void> {
  await expectState(graduate, '采集完成');
  await graduate.tap('review-download');
  const standard = await save(graduate);
  expect(standard.equals(approved)).toBe(true);
  await expectInsideProfile(standard);
  await graduate.tap('download-sheet');
  await graduate.tap('download-sheet-6in');
  const { format, width, height, density } = await sharp(await save(graduate)).metadata();
  expect({ format, sides: [width, height].sort(), density }).toEqual(SIX_INCH_PAPER);
}

test('at home from the launch page to both downloads, over a rejection', async () => {
  const who = student(0);
  const browser = await launchPhoneBrowser(who);
  const { graduate, faults } = await openPhone(browser, world.serverUrl(), world.simulators.sms);
  const server = await beginAtHome(graduate, who, '13800138000');
  await photographAndSubmit(graduate);
  const first = await server.order();

  const reviewer = await openReviewer(browser, world.serverUrl());
  await reviewer.sees(first.orderNo);
  await reviewer.reject();
  await expectState(graduate, '审核未通过');
  const { reasons } = await server.order();
  expect(reasons.length).toBe(1);
  await expect(graduate.part('page-review')).toContainText(reasons[0]!.zh);

  await graduate.tap('review-retake');
  await graduate.at('requirements');
  await photographAndSubmit(graduate);
  const second = await server.order();
  expect(second.photoId).not.toBe(first.photoId);
  expect(second.history.filter(({ event }) => event === 'confirmPayment')).toHaveLength(1);

  await reviewer.sees(second.orderNo);
  const approved = await reviewer.standardPhoto();
  await reviewer.approve();
  await downloadBoth(graduate, approved);
  expect(faults).toEqual([]);
  await reviewer.leave();
});

test('begun on the phone, photographed at the station, downloaded on the phone', async () => {
  const who = student(1);
  const phone = await launchPhoneBrowser(who);
  const { graduate, faults } = await openPhone(phone, world.serverUrl(), world.simulators.sms);
  const server = await beginAtHome(graduate, who, '13900139000');
  await graduate.page.goto(`${world.serverUrl()}/h5/#/pages/orders/index`);
  await graduate.tap('orders-enter-0');
  await graduate.tap('order-handover');
  await graduate.part('handover-code').waitFor();
  await graduate.at('handover');

  const shown = await graduate.page.screenshot();
  const kiosk = await launchBrowser('station', [shown, await portraitPicture()], 8);
  const station = await kiosk.newPage({ viewport: { width: 1920, height: 1080 } });
  await station.goto(await world.stationAddress());
  await scanCode(station);
  await confirmIdentity(station, who);
  await station.getByTestId('open-order').click();
  await station.getByTestId('begin-order').click();
  await expect(station.getByTestId('page-requirements')).toBeVisible();
  await takeShot(station);
  await standardizeAndSubmit(station);
  await station.getByTestId('submit').click();
  await expect(station.getByText('审核中').first()).toBeVisible({ timeout: patient(60_000) });
  const order = await server.order();

  const reviewer = await openReviewer(phone, world.serverUrl());
  await reviewer.sees(order.orderNo);
  const approved = await reviewer.standardPhoto();
  await reviewer.approve();
  await graduate.page.goto(`${world.serverUrl()}/h5/#/pages/review/index?orderId=${order.orderId}`);
  await downloadBoth(graduate, approved);
  expect(faults).toEqual([]);
  await reviewer.leave();
});
