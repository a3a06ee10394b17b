import { PHOTO_PROFILES } from '@gradshot/domain';
import type { SampleStudent } from '@gradshot/testkit';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { patient } from '../../scripts/test/slowness.ts';
import {
  command,
  confirmIdentity,
  pay,
  pose,
  scanCode,
  standardizeAndSubmit,
  stationPhoto,
  takeShot,
} from './support/graduate.ts';
import { filmOf, launchKiosk } from './support/kiosk-browser.ts';
import { allowOffline, studentNumberOf } from './support/offline-roster.ts';
import { openPhoneAccount } from './support/phone-account.ts';
import { saidToReviewers, viewServerAs } from './support/server-view.ts';
import { enterPin } from './support/staff-desk.ts';
import { expectInsideProfile } from './support/standard-photo.ts';
import { openWorld, STAFF_PIN, type World } from './support/world.ts';

/** From the scanned code to the server's review queue, in real Chromium with a fake camera. */

const PROFILE = PHOTO_PROFILES[0];

let world: World;
let browser: Browser | undefined;

test.beforeAll(async () => {
  world = await openWorld({ embedded: true });
});
test.afterEach(() => browser?.close());
test.afterAll(() => world?.close());

async function openKiosk(student: SampleStudent): Promise<Page> {
  browser = await launchKiosk(await filmOf(world.folder, world.simulators, student));
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  await page.goto(await world.stationAddress());
  await expect(page.getByTestId('page-welcome')).toBeVisible();
  return page;
}

function student(index: number): SampleStudent {
  return world.simulators.gateway.students[index]!;
}

/** Somebody stays to watch: the last page goes by itself, and a server may take longer to start. */
async function whileWatched(page: Page, work: () => Promise<unknown>): Promise<void> {
  const touching = setInterval(
    () => void command(page, 'station.touch').catch(() => undefined),
    3000,
  );
  try {
    await work();
  } finally {
    clearInterval(touching);
  }
}

/** The same until the photo has arrived. */
async function expectUnderReview(page: Page): Promise<void> {
  await expect(page.getByTestId('page-handedIn')).toBeVisible();
  await expect
    .poll(
      async () => {
        await command(page, 'station.touch');
        const arrived = await page.getByTestId('delivery').getAttribute('data-state');
        return arrived === 'arrived' && (await page.getByText('审核中').first().isVisible());
      },
      { timeout: patient(60_000) },
    )
    .toBe(true);
}

/** The graduate goes, and nothing of theirs stays on the screen. */
async function finish(page: Page, who: SampleStudent): Promise<void> {
  await page.getByTestId('finish').click();
  await expect(page.getByTestId('page-welcome')).toBeVisible();
  await expect(page.locator('body')).not.toContainText(`${who.name.slice(0, 1)}*`);
  await expect(page.locator('body')).not.toContainText(who.idNumber.slice(-4));
}

/** Both sides hold the same bytes, and these keep to the profile. */
async function expectSamePhoto(page: Page, who: SampleStudent): Promise<void> {
  const server = await viewServerAs(world, who);
  const order = await server.order();
  expect(order.state).toBe('underReview');
  const photo = await server.standardPhoto(order.photoId!);
  expect(photo.equals(await stationPhoto(page, order.photoId!))).toBe(true);
  await expectInsideProfile(photo);
}

async function expectGeometryInside(page: Page): Promise<void> {
  const geometry = await page.evaluate(async () => {
    type Snapshot = { session: { report: { geometry: Record<string, number> } } };
    const { station } = globalThis as unknown as {
      station: { invoke(name: string, payload: object): Promise<{ value: Snapshot }> };
    };
    return (await station.invoke('station.snapshot', {})).value.session.report.geometry;
  });
  const { hairTopY, eyeLineY, faceWidth, maxCentreOffset } = PROFILE.geometry;
  expect(geometry.hairTopY).toBeGreaterThanOrEqual(hairTopY[0]);
  expect(geometry.hairTopY).toBeLessThanOrEqual(hairTopY[1]);
  expect(geometry.eyeLineY).toBeGreaterThanOrEqual(eyeLineY[0]);
  expect(geometry.eyeLineY).toBeLessThanOrEqual(eyeLineY[1]);
  expect(geometry.faceWidth).toBeGreaterThanOrEqual(faceWidth[0]);
  expect(geometry.faceWidth).toBeLessThanOrEqual(faceWidth[1]);
  expect(Math.abs(geometry.faceCentreX! - PROFILE.width / 2)).toBeLessThanOrEqual(maxCentreOffset);
}

/** Staff behind their PIN, beside the graduate. */
async function lookOnSite(page: Page, note: string): Promise<void> {
  await page.getByTestId('brand').click({ delay: 1500 });
  await enterPin(page);
  await page.getByTestId('on-site-rest').click();
  await page.getByTestId('on-site-note').fill(note);
}

test('a graduate goes from the code to 审核中', async () => {
  const graduate = student(0);
  const page = await openKiosk(graduate);
  await scanCode(page);
  await confirmIdentity(page, graduate);
  await pay(page, world);
  await takeShot(page);
  await standardizeAndSubmit(page);
  await expectGeometryInside(page);
  await lookOnSite(page, '本人佩戴义眼');
  await page.getByTestId('submit').click();
  await expectUnderReview(page);
  expect(await saidToReviewers(world)).toMatchObject({
    answers: { 'face.person': 'kept', 'clothes.decent': 'kept' },
    note: '本人佩戴义眼',
  });
  await expectSamePhoto(page, graduate);
  await finish(page, graduate);
});

test('the server is down during capture and back afterwards: nothing lost or doubled', async () => {
  const graduate = student(1);
  const page = await openKiosk(graduate);
  await scanCode(page);
  await confirmIdentity(page, graduate);
  await pay(page, world);
  await world.killServer();
  await takeShot(page);
  await standardizeAndSubmit(page);
  await page.getByTestId('submit').click();
  await expect(page.getByTestId('page-handedIn')).toBeVisible();
  await expect(page.getByTestId('delivery')).toHaveAttribute(
    'data-state',
    /offline|queued|sending/,
  );
  await whileWatched(page, () => world.startServer());
  await expectUnderReview(page);
  await expectSamePhoto(page, graduate);
  const { history } = await (await viewServerAs(world, graduate)).order();
  const once = history.filter(({ event }) => event === 'keepPhoto' || event === 'handIn');
  expect(once.map(({ event }) => event)).toEqual(['keepPhoto', 'handIn']);
  await finish(page, graduate);
});

test('the station is killed after 提交 while the server is down, and still delivers once', async () => {
  const graduate = student(2);
  const page = await openKiosk(graduate);
  await scanCode(page);
  await confirmIdentity(page, graduate);
  await pay(page, world);
  await world.killServer();
  await takeShot(page);
  await standardizeAndSubmit(page);
  await page.getByTestId('submit').click();
  await expect(page.getByTestId('page-handedIn')).toBeVisible();
  await world.killStation();
  await world.startServer();
  await world.startStation();
  await expectDelivered(graduate);
});

test('the code on the screen goes on at the graduate’s phone, once', async () => {
  const graduate = student(3);
  const page = await openKiosk(graduate);
  await scanCode(page);
  await confirmIdentity(page, graduate);
  await page.getByTestId('open-order').click();
  await page.getByTestId('hand-over').dblclick();
  const frame = page.getByTestId('handover-code');
  await expect(frame).toBeVisible();
  await expect(frame).toContainText(/[45]:\d\d/);

  const phone = await openPhoneAccount(world, '13700137005');
  const shown = await phone.readCode(await frame.screenshot());
  expect(shown).toMatch(/^gradshot:handover:/);
  const lastFour = graduate.idNumber.slice(-4);
  const opened = await phone.open(shown, lastFour);
  const order = await (await viewServerAs(world, graduate)).order();
  expect(opened).toMatchObject({ value: { orders: [{ orderId: order.orderId }] } });
  expect(await phone.open(shown, lastFour)).toMatchObject({ error: { code: 'handover.expired' } });

  await page.getByTestId('handover-close').click();
  await expect(frame).toBeHidden();
  await world.killServer();
  await page.getByTestId('hand-over').click();
  await expect(page.getByTestId('failure')).toContainText('网络连接不上服务器');
  await expect(page.getByTestId('page-orderDetail')).toBeVisible();
  await world.startServer();
  await command(page, 'session.leave');
});

test('in 快速 a prepaid graduate touches the screen five times, on four pages', async () => {
  const graduate = student(4);
  const page = await openKiosk(graduate);
  await scanCode(page);
  await confirmIdentity(page, graduate);
  await pay(page, world);
  await command(page, 'session.leave');
  await command(page, 'staff.unlock', { pin: STAFF_PIN });
  await command(page, 'staff.setPace', { pace: 'express' });
  await command(page, 'staff.lock');
  const seen = await watch(page);

  await expect(page.getByTestId('page-verify')).toBeVisible({ timeout: patient(30_000) });
  for (const character of graduate.idNumber.slice(-4))
    await page.getByTestId(`key-${character}`).click();
  const { pressed } = await pose(page);
  await expect(page.getByTestId('page-judged')).toBeVisible({ timeout: patient(40_000) });
  await page.getByTestId('submit').click();
  await expect(page.getByTestId('leaves-in')).toBeVisible();
  // A sitter whose head is not straight has to press the shutter.
  expect(await seen.touches()).toBe(pressed ? 6 : 5);
  expect((await seen.pages()).filter((name) => !/welcome|judging/.test(name))).toEqual([
    'page-verify',
    'page-camera',
    'page-judged',
    'page-handedIn',
  ]);
  await expect(page.getByTestId('page-welcome')).toBeVisible({ timeout: patient(20_000) });
  await expectDelivered(graduate);
  await command(page, 'staff.unlock', { pin: STAFF_PIN });
  await command(page, 'staff.setPace', { pace: 'stepwise' });
  await command(page, 'staff.lock');
  // The code is still before the camera, and has begun another visit.
  await command(page, 'session.leave');
});

/** Staff look at the card and pick the graduate; then a photo is taken as on any other day. */
async function takeOffline(page: Page, index: number): Promise<void> {
  await page.getByTestId('enter').click();
  await page.getByTestId('call-staff').click({ timeout: patient(30_000) });
  await enterPin(page);
  await page.getByTestId('search-text').fill(studentNumberOf(index));
  await page.getByTestId('search-roster').click();
  await page.getByTestId(`add-${studentNumberOf(index).slice(-4)}`).click();
  await expect(page.getByTestId('page-verify')).toBeVisible();
  await confirmIdentity(page, student(index));
  await page.getByTestId('open-order').click();
  await page.getByTestId('begin-order').click();
  await page.getByTestId('consent-service').click();
  await page.getByTestId('consent-faceProcessing').click();
  await page.getByTestId('pay').click();
  await takeShot(page);
  await standardizeAndSubmit(page);
  await page.getByTestId('submit').click();
  await expect(page.getByTestId('offline-promise')).toContainText('学校统一支付');
  await finish(page, student(index));
}

test('without the server new graduates start by the roster; afterwards it confirms one and refuses one', async () => {
  const [right, wrong] = [6, 3];
  await allowOffline(
    world,
    new Map([right, wrong].map((index) => [index, student(index)] as const)),
  );
  const page = await openKiosk(student(right));
  // What staff may do here is asked for anew.
  await command(page, 'staff.unlock', { pin: STAFF_PIN });
  await expect(page.getByTestId('offline-roster')).toContainText('2 人');
  await command(page, 'staff.lock');
  await world.killServer();
  await takeOffline(page, right);
  // The same code, and the wrong person picked for it.
  await takeOffline(page, wrong);
  await world.startServer();
  await expectDelivered(student(right));
  await page.getByTestId('brand').click({ delay: 1500 });
  await enterPin(page);
  const refused = page.locator('[data-testid^="offline-LX-"]');
  await expect(refused).toHaveCount(1, { timeout: patient(60_000) });
  await expect(refused).toContainText('采集码不属于名单中选定的这位毕业生');
  await refused.getByTestId(/^discard-LX-/).click();
  await page.getByTestId('cause-wrongPerson').click();
  await page.getByTestId('discard-offline-now').click();
  await expect(refused).toHaveCount(0);
  const other = await (await viewServerAs(world, student(wrong))).order();
  expect([other.state, other.photoId]).toEqual(['pendingPayment', undefined]);
});

async function expectDelivered(graduate: SampleStudent): Promise<void> {
  await expect
    .poll(async () => (await (await viewServerAs(world, graduate)).order()).state, {
      timeout: patient(60_000),
    })
    .toBe('underReview');
}

/** Counts touches, and notes every page that comes on screen. */
async function watch(page: Page) {
  await page.evaluate(() => {
    const seen = { touches: 0, pages: [] as string[] };
    Object.assign(globalThis, { seen });
    addEventListener('pointerdown', () => {
      seen.touches += 1;
    });
    const look = () => {
      const name = document.querySelector('main')?.getAttribute('data-testid');
      if (name && seen.pages.at(-1) !== name) seen.pages.push(name);
    };
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
    look();
  });
  type Seen = { seen: { touches: number; pages: string[] } };
  return {
    touches: () => page.evaluate(() => (globalThis as unknown as Seen).seen.touches),
    pages: () => page.evaluate(() => (globalThis as unknown as Seen).seen.pages),
  };
}
