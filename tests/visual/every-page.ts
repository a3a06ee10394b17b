import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '@gradshot/domain';
import { type Browser, expect, type Page, test } from '@playwright/test';
import type { GuidanceView, StationSnapshot } from '../../src/shared/index.ts';
import { accessibilityFaults } from './accessibility.ts';
import { type InterfaceSite, serveInterface } from './interface-site.ts';
import { keepForManual } from './manual-pictures.ts';
import { chineseLeft, layoutFaults, overlaps, paleTexts, spills } from './page-judge.ts';
import { recordScenes } from './record-scenes.ts';
import type { Scene, SceneBook } from './scene-book.ts';
import { scenePictures } from './scene-pictures.ts';
import { type Answers, installStation } from './station-double.ts';
import { STICK_ANSWERS } from './stick-answers.ts';

/**
 * Every page as a station core showed it, on the screens that kiosks have: a picture of each for
 * people to judge (.cache/pages; not by `npm test`), and what a machine can judge by itself.
 */

const PICTURES = join(import.meta.dirname, '../../.cache/pages');

/** What the guide says of somebody who looks aside before a wall that is not plain. */
const TURNED: GuidanceView = {
  ...{ faces: 1, state: 'adjust' },
  hints: [
    {
      code: 'guide.turn',
      zh: '请正对镜头。',
      en: 'Please face the camera.',
      weight: 'corrects',
      arrow: 'left',
    },
    {
      code: 'guide.wall',
      zh: '背景不够干净，请站在纯色墙面前约一米处。',
      en: 'The background is busy. Stand about a metre in front of a plain wall.',
      weight: 'advises',
    },
  ],
};

let site: InterfaceSite;
let book: SceneBook;
let pictures: { original: string; standard: string };

/** One for all tests of a screen: to load the interface takes longer than to look at most of its pages. */
let page: Page;
/** What the browser complains about. */
const complaints: string[] = [];

type Opened = {
  readonly scene: Scene;
  readonly answers?: Answers;
  readonly guidance?: GuidanceView;
};

async function openInterface(browser: Browser): Promise<void> {
  const context = await browser.newContext();
  page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await withoutCamera();
  const welcome = book.at('welcome');
  await page.clock.setFixedTime(welcome.at);
  await installStation(page, { snapshot: welcome.snapshot, pictures });
  await page.goto(site.url);
  await page.getByTestId('page-welcome').waitFor();
}

/** The interface with that scene, as if it had just been opened, before a station with those answers. */
async function open({ scene, ...given }: Opened): Promise<void> {
  const { answers = {}, guidance } = given;
  await page.evaluate((next) => window.stationDouble.answerWith(next.answers, next.guidance), {
    answers,
    guidance,
  });
  await show(scene);
  complaints.length = 0;
}

/** Whatever the browser has: these pages show what is said when there is none. */
async function withoutCamera(): Promise<void> {
  await page.addInitScript(() => {
    navigator.mediaDevices.enumerateDevices = async () => [];
    navigator.mediaDevices.getUserMedia = () =>
      Promise.reject(new DOMException('No device', 'NotFoundError'));
  });
}

function sceneIn(language: Language, name: string): Scene {
  const scene = book.at(name);
  return { ...scene, snapshot: { ...scene.snapshot, language } };
}

/** Leaves the page as if it had just been opened, and lets its entrance and pictures finish. */
async function show({ snapshot, at }: Scene): Promise<void> {
  await page.clock.setFixedTime(at);
  await page.evaluate((next) => {
    const { screen: _alone, ...visit } = next;
    const station = { ...next.station, enrolled: true, staffUnlocked: false };
    // By way of another step: what was refused at the last one is forgotten.
    for (const step of ['scanCode', 'welcome'] as const)
      window.stationDouble.show({ ...visit, station, session: { step } });
  }, snapshot);
  await page.getByTestId('page-welcome').waitFor();
  await page.evaluate((next) => window.stationDouble.show(next), snapshot);
  if (snapshot.screen !== 'desk') await page.getByTestId(`page-${pageOf(snapshot)}`).waitFor();
  await settle();
}

/** The staff's own page replaces the visit, but for what they say about a photo before it. */
function pageOf({ station, session }: StationSnapshot): string {
  const staff = !station.enrolled || (station.staffUnlocked && session.step !== 'judged');
  return staff ? 'staff' : session.step;
}

async function settle(): Promise<void> {
  await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode())));
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(
        (animation) =>
          animation.playState !== 'running' ||
          animation.effect?.getTiming().iterations === Number.POSITIVE_INFINITY,
      ),
  );
}

/** As fast as a hand scanner also where a busy machine would let a person's pause come between two keys. */
async function scan(code: string): Promise<void> {
  await page.evaluate(
    (keys) => {
      const at = document.activeElement ?? document.body;
      for (const key of keys)
        at.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    },
    [...code, 'Enter'],
  );
}

/** Takes a third of the time of a page, and `npm test` has nobody who looks at them. */
const KEEPS_PICTURES = process.env.GRADSHOT_PAGE_PICTURES !== 'none';

async function keep(folder: string, name: string): Promise<void> {
  await keepForManual(page, name);
  if (!KEEPS_PICTURES) return;
  mkdirSync(join(PICTURES, folder), { recursive: true });
  await page.screenshot({ path: join(PICTURES, folder, `${name}.png`) });
}

async function judgeLook(name: string, { scrolled = false }: Look = {}): Promise<void> {
  const faults = (found: readonly string[]) =>
    found.filter((fault) => !scrolled || !/^(scrolls|under the action bar):/.test(fault));
  expect.soft(faults(await layoutFaults(page)), name).toEqual([]);
  expect.soft(await overlaps(page), `${name}: text over text`).toEqual([]);
  expect.soft(faults(await spills(page)), `${name}: out of its box`).toEqual([]);
  expect.soft(await paleTexts(page), `${name}: contrast`).toEqual([]);
}

export type Screen = {
  readonly width: number;
  readonly height: number;
  readonly language: Language;
  /** Without: as for somebody whose system asks for less of it. */
  readonly motion: boolean;
  /** Names and roles are the same on every screen: one is enough. */
  readonly accessibility: boolean;
};

/** The interface on that screen, opened once for all tests of a file. */
function onScreen({ width, height, language, motion }: Screen, tests: () => void): void {
  test.describe(`${width}x${height}-${language}`, () => {
    test.use({
      viewport: { width, height },
      permissions: ['camera'],
      timezoneId: 'Asia/Shanghai',
      contextOptions: { reducedMotion: motion ? 'no-preference' : 'reduce' },
    });
    test.beforeAll(async ({ browser }) => {
      site = await serveInterface();
      book = await recordScenes();
      pictures = await scenePictures();
      await openInterface(browser);
    });
    test.afterAll(async () => {
      await page?.context().close();
      await site?.close();
    });
    tests();
  });
}

const folderOf = ({ width, height, language }: Screen) => `${width}x${height}-${language}`;

type Look = {
  /** By a finger, as everything on a tablet: what lies below is no fault. */
  readonly scrolled?: boolean;
};

async function judgeOn(screen: Screen, name: string, look: Look = {}): Promise<void> {
  await judgeLook(name, look);
  if (screen.accessibility)
    expect.soft(await accessibilityFaults(page), `${name}: accessibility`).toEqual([]);
}

/** The desk as a paired tablet shows it, lying and upright; called by a file of its own. */
export function lookAtTabletDesk(screen: Screen): void {
  const { language } = screen;
  onScreen(screen, () => {
    let folder = folderOf(screen);
    const look = async (name: string, testId: string) => {
      await page.getByTestId(testId).first().waitFor();
      await settle();
      await keep(folder, name);
      await judgeOn(screen, name, { scrolled: true });
    };
    const turnTo = async (name: string, testId: string) => {
      const { snapshot } = sceneIn(language, name);
      await page.evaluate((next) => window.stationDouble.show(next), snapshot);
      await look(name, testId);
    };

    test('the desk on a tablet', async () => {
      const nobody = sceneIn(language, 'staff-tablet-nobody');
      await open({ scene: nobody, answers: book.answers, guidance: TURNED });
      await page.getByTestId('tab-queue').click();
      await look('staff-tablet-nobody', 'visit-beside');
      await turnTo('staff-tablet-camera', 'desk-guide');
      await turnTo('staff-tablet-burst', 'frame-4');
      await turnTo('staff-tablet-refused', 'result-desk');
      for (const tab of ['outbox', 'code', 'report', 'visit']) {
        await page.getByTestId(`tab-${tab}`).click();
        await look(`staff-tablet-${tab}`, 'visit-beside');
      }
      await page.evaluate(() => window.stationDouble.reach(false));
      await look('staff-tablet-lost', 'connection-lost');
      await page.evaluate(() => window.stationDouble.reach(true));
      await turnTo('staff-tablet-locked', 'pin-pad');
      expect.soft(complaints.splice(0)).toEqual([]);
    });

    test('the desk on a tablet that is held upright', async () => {
      const upright = { width: screen.height, height: screen.width };
      folder = folderOf({ ...screen, ...upright });
      await page.setViewportSize(upright);
      await open({
        scene: sceneIn(language, 'staff-tablet-camera'),
        answers: book.answers,
        guidance: TURNED,
      });
      await look('staff-tablet-camera', 'desk-guide');
      await turnTo('staff-tablet-refused', 'result-desk');
      await turnTo('staff-tablet-locked', 'pin-pad');
    });
  });
}

/** Called once by a file of its own for each screen, so that two are looked at side by side. */
export function lookAtEveryPage(screen: Screen): void {
  const { language } = screen;
  const folder = folderOf(screen);
  const judge = (name: string) => judgeOn(screen, name);
  onScreen(screen, () => {
    test('every step of the visit', async () => {
      await open({ scene: sceneIn(language, 'welcome') });
      for (const name of book.visits()) {
        const scene = sceneIn(language, name);
        await show(scene);
        await keep(folder, name);
        await judge(name);
        if (language === 'en')
          expect.soft(await chineseLeft(page, JSON.stringify(scene.snapshot)), name).toEqual([]);
        expect.soft(complaints.splice(0), name).toEqual([]);
      }
    });

    test('what opens over the pages', async () => {
      await open({
        scene: sceneIn(language, 'welcome'),
        answers: book.answers,
      });
      const over = async (name: string, scene: string, testIds: readonly string[]) => {
        await show(sceneIn(language, scene));
        for (const testId of testIds) await page.getByTestId(testId).click();
        await settle();
        await keep(folder, name);
        await judge(name);
        expect.soft(complaints.splice(0), name).toEqual([]);
        await page.keyboard.press('Escape');
        await settle();
      };
      await over('over-help', 'orders', ['help']);
      await over('over-tutorial', 'scan-camera-missing', ['open-tutorial']);
      await over('over-letters', 'verify', ['toggle-letters']);
      await over('over-consent', 'service', ['read-faceProcessing']);
      await over('over-checks', 'judged-accepted', ['unfold-checks']);
      await over('over-checks-refused', 'judged-refused', ['unfold-checks']);
      await over('over-release', 'judged-desk-refused', ['release-ask', 'cause-other']);
      await over('over-requirements', 'camera', ['read-requirements']);
      await over('over-leave', 'judged-accepted', ['leave']);
      await over('over-cancel', 'order-detail', ['cancel-order']);
      await over('over-dock', 'orders', ['dev-dock']);
    });

    test('the staff page', async () => {
      const value = { label: '2027', pictures: 128 };
      const found = { 'staff.tryPortraitSource': { ok: true, value } } as const;
      const answers = { ...book.answers, ...found };
      await open({ scene: sceneIn(language, 'staff'), answers });
      const look = async (name: string) => {
        await settle();
        await keep(folder, name);
        await judge(name);
      };
      await page.getByTestId('outbox').waitFor();
      await look('staff-outbox');
      const turnTo = (tab: string) => page.getByTestId(`tab-${tab}`).click();
      await turnTo('code');
      await look('staff-code');
      await page.getByTestId('code-ways').locator('label').nth(1).click();
      await page.getByTestId('typed-code').waitFor();
      await look('staff-code-typed');
      await turnTo('report');
      await page.getByTestId('day-report').waitFor();
      await look('staff-report');
      await turnTo('diagnostics');
      await look('staff-diagnostics-not-run');
      await page.getByTestId('run-diagnostics').click();
      await page.getByTestId('diagnostics').waitFor();
      await look('staff-diagnostics');
      await page.getByTestId('export-diagnostics').click();
      await look('staff-export');
      await page.keyboard.press('Escape');
      await page.getByTestId('remember-devices').click();
      await page.getByTestId('usb-device-list').waitFor();
      await look('staff-usb-devices');
      await page.keyboard.press('Escape');
      await turnTo('station');
      await look('staff-station');
      await turnTo('visit');
      await look('staff-visit');
      await turnTo('source');
      await page.getByTestId('source-watchFolder').click();
      await page.getByTestId('source-place').fill('D:\\Photos\\2027');
      await page.getByTestId('try-source').click();
      await page.getByText('128').waitFor();
      await look('staff-source');
    });

    test('what staff do about the visit that waits', async () => {
      const usedUp = { code: 'eligibility.liftsUsedUp', details: { limit: 2 } } as const;
      const answers = {
        ...book.answers,
        'staff.liftLock': { ok: false, error: usedUp } as const,
      };
      await open({ scene: sceneIn(language, 'staff-locked-visit-no-right'), answers });
      const look = async (name: string) => {
        await settle();
        await keep(folder, name);
        await judge(name);
      };
      await page.getByTestId('visit-desk').waitFor();
      await look('staff-locked-visit-no-right');
      await open({ scene: sceneIn(language, 'staff-locked-visit'), answers });
      await page.getByTestId('visit-desk').waitFor();
      await look('staff-locked-visit');
      await page.getByTestId('lift-lock').click();
      await look('staff-lift-lock');
      await page.getByTestId('lift-lock-confirm').click();
      await page.getByTestId('lift-lock-dialog').getByTestId('failure').waitFor();
      await look('staff-lift-lock-refused');
      const used = { code: 'payment.receiptUsed', details: { receiptNo: 'ZJ-000121' } } as const;
      await open({
        scene: sceneIn(language, 'staff-unpaid-visit'),
        answers: { ...answers, 'staff.recordPayment': { ok: false, error: used } },
      });
      await look('staff-unpaid-visit');
      await page.getByTestId('take-school').click();
      await look('staff-school-pays');
      await page.getByTestId('take-cancel').click();
      await page.getByTestId('take-cash').click();
      await look('staff-take-cash');
      await page.getByTestId('receipt-no').fill('ZJ-000121');
      await page.getByTestId('take-confirm').click();
      await page.getByTestId('record-payment-dialog').getByTestId('failure').waitFor();
      await look('staff-receipt-used');
      await open({ scene: sceneIn(language, 'staff-unpaid-visit-offline') });
      await page.getByTestId('take-cash').click();
      await page.getByTestId('take-offline').waitFor();
      await look('staff-take-cash-offline');
    });

    test('the queue of the station', async () => {
      const checkedIn = { ok: true, value: { number: 'A007', outcome: 'new' } } as const;
      const answers = { ...book.answers, 'staff.queueCheckIn': checkedIn };
      for (const name of [
        'staff-queue-empty',
        'staff-queue',
        'staff-queue-called',
        'staff-queue-code-expired',
        'staff-queue-visit-under-way',
      ]) {
        await open({ scene: sceneIn(language, name), answers });
        await page.getByTestId('tab-queue').click();
        await page.getByTestId('queue-desk').waitFor();
        if (name === 'staff-queue') {
          await scan('1234567890123456');
          await page.getByTestId('checked-in').getByText('A007').waitFor();
        }
        await settle();
        await keep(folder, name);
        await judge(name);
      }
    });

    test('a day without a network, at the desk', async () => {
      const look = async (name: string) => {
        await settle();
        await keep(folder, name);
        await judge(name);
      };
      const { answers } = book;
      await open({ scene: sceneIn(language, 'staff-identify'), answers });
      await page.getByTestId('identify-dialog').waitFor();
      await look('staff-identify');
      await page.getByTestId('search-text').fill('张小明');
      await page.getByTestId('search-roster').click();
      await page.getByTestId('add-0862').waitFor();
      await look('staff-identify-found');
      await page.getByTestId('search-text').fill('20239999');
      await page.getByTestId('search-roster').click();
      await page.getByTestId('nobody-found').waitFor();
      await look('staff-identify-nobody');
      await open({ scene: sceneIn(language, 'staff-offline'), answers });
      await page.getByTestId('offline-visits').waitFor();
      await look('staff-offline');
      await page.locator('[data-testid^="confirm-LX-"]').first().click();
      await look('staff-offline-confirm');
      await page.keyboard.press('Escape');
      await page.locator('[data-testid^="discard-LX-"]').first().click();
      await look('staff-offline-discard');
    });

    test('the desk beside the graduate’s screen, and the choice of a frame', async () => {
      const { answers } = book;
      const look = async (name: string, testId: string) => {
        await page.getByTestId(testId).first().waitFor();
        await settle();
        await keep(folder, name);
        await judge(name);
      };
      const turnTo = async (name: string, testId: string) => {
        const { snapshot } = sceneIn(language, name);
        await page.evaluate((next) => window.stationDouble.show(next), snapshot);
        await look(name, testId);
      };
      await open({ scene: sceneIn(language, 'staff-beside-opening'), answers });
      await look('staff-beside-opening', 'desk-live');
      const scene = sceneIn(language, 'staff-beside-nobody');
      await open({ scene, answers, guidance: TURNED });
      await look('staff-beside-nobody', 'visit-beside');
      await page.getByTestId('tab-visit').click();
      await look('staff-beside-visit', 'second-screen');
      await page.getByTestId('tab-outbox').click();
      await turnTo('staff-beside-camera', 'desk-guide');
      await turnTo('staff-beside-burst', 'frame-4');
      await turnTo('staff-beside-refused', 'result-desk');
      await page.getByTestId('open-on-site').click();
      await look('staff-beside-on-site', 'on-site');
      await page.keyboard.press('Escape');
      await turnTo('staff-beside-locked', 'pin-pad');
      await turnTo('staff-burst', 'frame-4');
    });

    test('how staff let tablets in', async () => {
      const look = async (name: string, testId: string) => {
        await page.getByTestId(testId).waitFor();
        await settle();
        await keep(folder, name);
        await judge(name);
      };
      const turnTo = (name: string) =>
        page.evaluate((next) => window.stationDouble.show(next), sceneIn(language, name).snapshot);
      await open({ scene: sceneIn(language, 'staff-tablets'), answers: book.answers });
      await page.getByTestId('tab-visit').click();
      await page.getByTestId('tablet-access').scrollIntoViewIfNeeded();
      await look('staff-tablets', 'paired-tablets');
      await page.getByTestId('pair-tablet').click();
      await look('staff-tablets-name', 'tablet-name');
      await page.getByTestId('open-pairing').click();
      await turnTo('staff-tablets-pairing');
      await look('staff-tablets-pairing', 'pairing-code');
      await turnTo('staff-tablets');
      await look('staff-tablets-over', 'open-pairing');
      await page.keyboard.press('Escape');
      await turnTo('staff-tablets-port-taken');
      await look('staff-tablets-port-taken', 'another-port');
    });

    test('somebody is looked up in the roster', async () => {
      const look = async (name: string) => {
        await settle();
        await keep(folder, name);
        await judge(name);
      };
      await open({ scene: sceneIn(language, 'staff-queue'), answers: book.answers });
      await page.getByTestId('tab-queue').click();
      await page.getByTestId('open-search').click();
      await look('staff-roster-search');
      await page.getByTestId('search-text').fill('张小明');
      await page.getByTestId('search-roster').click();
      await page.getByTestId('add-3001').waitFor();
      await look('staff-roster-found');
      await page.getByTestId('search-text').fill('2023999');
      await page.getByTestId('search-roster').click();
      await page.getByTestId('nobody-found').waitFor();
      await look('staff-roster-nobody');
      await open({ scene: sceneIn(language, 'staff-queue-visit-under-way') });
      await page.getByTestId('tab-queue').click();
      await page.getByTestId('open-search').click();
      await page.getByTestId('search-offline').waitFor();
      await look('staff-roster-offline');
    });

    test('a class is worked through, and phones arrive', async () => {
      const look = async (name: string) => {
        await settle();
        await keep(folder, name);
        await judge(name);
      };
      const toDesk = async (name: string) => {
        await open({ scene: sceneIn(language, name), answers: book.answers });
        await page.getByTestId('tab-queue').click();
        await page.getByTestId('queue-desk').waitFor();
      };
      await toDesk('staff-arrivals');
      await look('staff-arrivals');
      await page.getByTestId('show-arrival-code').click();
      await look('staff-arrival-code');
      await page.keyboard.press('Escape');
      await page.getByTestId('queue-ways').locator('label').nth(1).click();
      await page.getByTestId('open-class-0').waitFor();
      await look('staff-class-choice');
      await toDesk('staff-class');
      await look('staff-class');
      await page.getByTestId('show-absentees').click();
      await look('staff-absentees');
      await toDesk('staff-class-offline');
      await look('staff-class-offline');
    });

    test('the printers of the station', async () => {
      for (const name of ['staff-print-nothing', 'staff-print-desk']) {
        await open({ scene: sceneIn(language, name), answers: book.answers });
        await page.getByTestId('tab-print').click();
        await page.getByTestId('refresh-printers').waitFor();
        await settle();
        await keep(folder, name);
        await judge(name);
      }
    });

    test('after damage was put right', async () => {
      await open({ scene: sceneIn(language, 'staff-recovered'), answers: book.answers });
      await page.getByTestId('recovery').waitFor();
      await settle();
      await keep(folder, 'staff-recovered');
      await judge('staff-recovered');
    });

    test('photos on a USB stick', async () => {
      await open({
        scene: sceneIn(language, 'staff'),
        answers: { ...book.answers, ...STICK_ANSWERS },
      });
      const look = async (name: string) => {
        await settle();
        await keep(folder, name);
        await judge(name);
        expect.soft(complaints.splice(0), name).toEqual([]);
      };
      const save = page.getByTestId('save-photos-now');
      await page.getByTestId('save-photos').click();
      await look('stick-save');
      await save.click();
      await page.getByTestId('save-photos-dialog').getByTestId('failure').waitFor();
      await look('stick-save-failed');
      await save.click();
      await page.getByTestId('saved-photos').getByText('.photos').first().waitFor();
      await look('stick-save-more');
      await save.click();
      await page.getByTestId('save-photos-done').waitFor();
      await look('stick-saved');
      await page.getByTestId('save-photos-done').click();
      await page.getByTestId('save-photos').click();
      await save.click();
      await page.getByTestId('save-photos-done').waitFor();
      await look('stick-nothing-unsent');
      await page.getByTestId('save-photos-done').click();
      await page.getByTestId('hand-in-photos').click();
      await look('stick-hand-in');
      const file = (name: string) => ({ name, mimeType: '', buffer: Buffer.alloc(4096) });
      const choose = (...names: string[]) =>
        page.getByTestId('photo-files').setInputFiles(names.map(file));
      await choose('gradshot-图书馆一楼 1 号机-2026-11-23-0631.photos', 'holiday.photos');
      await page.getByTestId('hand-in-again').waitFor();
      await look('stick-handed-in');
      await choose('gradshot-图书馆一楼 1 号机-2026-11-23-0631.photos');
      await page.getByTestId('hand-in-dialog').getByTestId('failure').waitFor();
      await look('stick-hand-in-offline');
    });

    test('the mark held down asks for the PIN', async () => {
      await open({
        scene: sceneIn(language, 'welcome'),
        answers: { 'staff.unlock': { ok: false, error: { code: 'staff.pinWrong' } } },
      });
      await page.getByTestId('brand').click();
      await expect(page.getByTestId('pin-pad')).toBeHidden();
      await page.getByTestId('brand').click({ delay: 1500 });
      for (const digit of '2468') await page.getByTestId(`key-${digit}`).click();
      await page.getByTestId('staff-unlock').click();
      await page.getByTestId('failure').waitFor();
      await settle();
      await keep(folder, 'staff-pin');
      await judge('staff-pin');
      await page.getByTestId('staff-close').click();
      await expect(page.getByTestId('page-welcome')).toBeVisible();
    });

    test('a new station', async () => {
      await open({ scene: sceneIn(language, 'new-station') });
      await page.getByTestId('enrol').click();
      await settle();
      await keep(folder, 'enrolment');
      await judge('enrolment');
    });

    test('a station that lost who it is, with photos waiting', async () => {
      await open({ scene: sceneIn(language, 'new-station-waiting') });
      await page.getByTestId('enrol').click();
      await settle();
      await keep(folder, 'enrolment-waiting');
      await judge('enrolment-waiting');
    });
  });
}
