import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawCodeOnPhone, writeFakeCameraFilm } from '@gradshot/testkit';
import { chromium, expect, type Page, test } from '@playwright/test';
import sharp from 'sharp';
import { browserLaunch, fakeCamera } from '../../scripts/test/browser-launch.ts';
import type { CameraChoice, GuidanceView } from '../../src/shared/index.ts';
import { fileToChoose } from '../e2e/support/file-to-choose.ts';
import { type InterfaceSite, serveInterface } from './interface-site.ts';
import { recordScenes } from './record-scenes.ts';
import type { SceneBook } from './scene-book.ts';
import { scenePictures } from './scene-pictures.ts';
import { installStation, sentBy } from './station-double.ts';

/** The two pages with a camera, in a browser whose camera plays a film. */

const PICTURES = join(import.meta.dirname, '../../.cache/pages/cameras');
/** Of two such switches the last one counts. */
const TWO_CAMERAS = '--use-fake-device-for-media-stream=device-count=2';
const PAYLOAD = 'CHSI-DEMO:7f3a9c2e51b84d06';

let folder: string;
let site: InterfaceSite;
let book: SceneBook;

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gradshot-films-'));
  mkdirSync(PICTURES, { recursive: true });
  site = await serveInterface();
  book = await recordScenes();
});
test.afterAll(async () => {
  await site.close();
  rmSync(folder, { recursive: true });
});

async function withCamera(
  still: Uint8Array,
  scene: string,
  look: (page: Page) => Promise<void>,
  guidance?: GuidanceView,
): Promise<void> {
  const film = join(folder, `${scene}.mjpeg`);
  await writeFakeCameraFilm(film, [{ picture: still, seconds: 1 }]);
  const browser = await chromium.launch(browserLaunch(...fakeCamera(film)));
  try {
    const context = await browser.newContext({
      permissions: ['camera'],
      viewport: { width: 1920, height: 1080 },
    });
    const page = await context.newPage();
    await installStation(page, {
      snapshot: book.at(scene).snapshot,
      ...(guidance ? { guidance } : {}),
    });
    await page.goto(site.url);
    await look(page);
  } finally {
    await browser.close();
  }
}

test('reads the code on a phone held up to the camera, and sends it once', async () => {
  const still = await drawCodeOnPhone(PAYLOAD, { phoneShare: 0.98 });
  await withCamera(still, 'scan-camera-missing', async (page) => {
    await expect
      .poll(() => sentBy(page, 'session.submitCode'))
      .toMatchObject([{ payload: { codes: [{ payload: PAYLOAD }], source: 'camera' } }]);
    await page.screenshot({ path: join(PICTURES, 'scan.png') });
    await page.waitForTimeout(2000);
    expect(await sentBy(page, 'session.submitCode')).toHaveLength(1);
  });
});

/** Two phones before one camera, or on one photo. */
async function twoPhones(left: string | Uint8Array, right: string): Promise<Buffer> {
  const half = { width: 960, height: 1080, phoneShare: 0.9 };
  return sharp({ create: { width: 1920, height: 1080, channels: 3, background: '#6e655c' } })
    .composite([
      { input: await drawCodeOnPhone(left, half), left: 0, top: 0 },
      { input: await drawCodeOnPhone(right, half), left: 960, top: 0 },
    ])
    .png()
    .toBuffer();
}

test('chooses none of two codes that may both be somebody’s, and says so', async () => {
  const still = await twoPhones(PAYLOAD, 'CHSI-DEMO:0000000000000000');
  await withCamera(still, 'scan-camera-missing', async (page) => {
    await expect(page.getByTestId('several-codes')).toHaveText(/只对准一个/);
    await page.screenshot({ path: join(PICTURES, 'scan-several.png') });
    await page.waitForTimeout(1500);
    expect(await sentBy(page, 'session.submitCode')).toEqual([]);
  });
});

test('reads bytes as bytes, beside a code that leads elsewhere', async () => {
  const bytes = Uint8Array.from({ length: 120 }, (_, at) => (at * 73 + 193) & 0xff);
  const still = await twoPhones(bytes, 'https://u.wechat.com/EAbCdEfGhIjKlMnOp');
  const payloadBase64 = Buffer.from(bytes).toString('base64');
  await withCamera(still, 'scan-camera-missing', async (page) => {
    await expect
      .poll(() => sentBy(page, 'session.submitCode'))
      .toMatchObject([{ payload: { codes: [{ payloadBase64 }], source: 'camera' } }]);
  });
});

test('reads the code from a picture file', async () => {
  const still = await drawCodeOnPhone(PAYLOAD, { width: 3000, height: 4000, phoneShare: 0.6 });
  const blank = await sharp({
    create: { width: 640, height: 480, channels: 3, background: '#888' },
  })
    .png()
    .toBuffer();
  await withCamera(blank, 'staff', async (page) => {
    await page.getByTestId('tab-code').click();
    const file = page.getByTestId('picture-input');
    await file.setInputFiles(await fileToChoose('code.png', still));
    await expect
      .poll(() => sentBy(page, 'session.submitCode'))
      .toMatchObject([{ payload: { codes: [{ payload: PAYLOAD }], source: 'picture' } }]);
    const two = await twoPhones('CHSI-DEMO:0000000000000000-longer', PAYLOAD);
    await file.setInputFiles(await fileToChoose('two.png', two));
    await expect
      .poll(async () => (await sentBy(page, 'session.submitCode')).at(-1)?.payload)
      .toEqual({
        codes: [{ payload: 'CHSI-DEMO:0000000000000000-longer' }, { payload: PAYLOAD }],
        source: 'picture',
      });
    await file.setInputFiles(await fileToChoose('none.png', blank));
    await expect.poll(() => sentBy(page, 'session.codeUnreadable')).toHaveLength(1);
    await file.setInputFiles(await fileToChoose('text.jpg', Buffer.from('not a picture')));
    await expect(page.getByTestId('failure')).toHaveAttribute('data-code', 'photo.notAnImage');
  });
});

/** Somebody before a wall, with a red stripe at the left edge that a mirrored picture has right. */
async function portraitStill(): Promise<Buffer> {
  const { original } = await scenePictures();
  const stripe = await sharp({
    create: { width: 160, height: 1080, channels: 3, background: '#d00000' },
  })
    .png()
    .toBuffer();
  return sharp(Buffer.from(original, 'base64'))
    .resize(1920, 1080, { fit: 'contain', background: '#e9ecef' })
    .composite([{ input: stripe, left: 0, top: 0 }])
    .jpeg()
    .toBuffer();
}

const ASIDE: GuidanceView = {
  faces: 1,
  state: 'adjust',
  head: { x: 0.52, y: 0.2, width: 0.14, height: 0.36 },
  hints: [
    {
      code: 'guide.moveRight',
      zh: '请向右移一点。',
      en: 'Move a little to your right.',
      weight: 'corrects',
      arrow: 'right',
    },
    {
      code: 'guide.wall',
      zh: '背景不够干净，请站到纯色墙面前，离墙约一米。',
      en: 'The background is busy. Stand about a metre in front of a plain wall.',
      weight: 'advises',
    },
  ],
};

const READY: GuidanceView = {
  ...{ faces: 1, state: 'ready', hints: [] },
  head: { x: 0.43, y: 0.2, width: 0.14, height: 0.36 },
};

test('shows where to stand, counts down, and sends the whole picture unmirrored', async () => {
  await withCamera(
    await portraitStill(),
    'camera',
    async (page) => {
      await expect(page.getByTestId('camera-hint')).toHaveText('请向右移一点。');
      await page.screenshot({ path: join(PICTURES, 'camera-hints.png') });
      await page.getByTestId('take-shot').click();
      await expect(page.getByTestId('countdown')).toBeVisible();
      await page.screenshot({ path: join(PICTURES, 'camera-countdown.png') });
      await expect.poll(() => sentBy(page, 'session.takeShot').then((sent) => sent.length)).toBe(1);
      expect(await shotSeen(page)).toEqual({ width: 1920, height: 1080, redIsLeft: true });
      const [report] = await sentBy(page, 'camera.report');
      expect(report?.payload).toMatchObject({ state: 'ready' });
    },
    ASIDE,
  );
});

test('says when the position is good, and shoots by itself once it has held', async () => {
  await withCamera(
    await portraitStill(),
    'camera',
    async (page) => {
      await expect(page.getByTestId('camera-hint')).toHaveAttribute('data-state', 'ready');
      await page.screenshot({ path: join(PICTURES, 'camera-ready.png') });
      await expect(page.getByTestId('countdown')).toBeVisible();
      await expect.poll(() => sentBy(page, 'session.takeShot').then((sent) => sent.length)).toBe(1);
    },
    READY,
  );
});

test('shows where to stand while another camera takes the photo, and has no shutter for it', async () => {
  await withCamera(
    await portraitStill(),
    'camera-folder',
    async (page) => {
      await expect(page.getByTestId('camera-hint')).toHaveAttribute('data-state', 'ready');
      await expect(page.getByTestId('tethered')).toBeHidden();
      await expect(page.getByTestId('take-shot')).toBeHidden();
      await expect(page.getByText('请工作人员按相机快门')).toBeVisible();
      await page.screenshot({ path: join(PICTURES, 'camera-folder-guided.png') });
      await page.waitForTimeout(6000);
      expect(await sentBy(page, 'session.takeShot')).toEqual([]);
    },
    READY,
  );
});

test('opens the chosen one of two cameras again in another profile, where every id is another', async () => {
  const chosen = await withTwoCameras(undefined, async (page) => {
    await page.getByTestId('camera-chooser').click();
    await page.getByTitle('fake_device_1').click();
    await expect(page.getByTestId('camera-chooser')).toContainText('fake_device_1');
    const [sent] = await sentBy(page, 'camera.choose');
    return (sent!.payload as { camera: CameraChoice }).camera;
  });
  expect(chosen).toMatchObject({ label: 'fake_device_1', place: 0 });
  await withTwoCameras(chosen, async (page) => {
    await expect(page.getByTestId('camera-chooser')).toContainText('fake_device_1');
    const ids = await page.evaluate(async () =>
      (await navigator.mediaDevices.enumerateDevices()).map(({ deviceId }) => deviceId),
    );
    expect(ids).not.toContain(chosen.deviceId);
  });
});

/** The page 拍照 in a browser of its own with two cameras, as a station that kept `portrait`. */
async function withTwoCameras<T>(
  portrait: CameraChoice | undefined,
  look: (page: Page) => Promise<T>,
): Promise<T> {
  const browser = await chromium.launch(browserLaunch(...fakeCamera(), TWO_CAMERAS));
  try {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
    const cameras = portrait ? { cameras: { portrait } } : {};
    await installStation(page, {
      snapshot: { ...book.at('camera').snapshot, ...cameras },
      guidance: ASIDE,
    });
    await page.goto(site.url);
    await expect(page.getByTestId('camera-view')).toHaveAttribute('data-camera', 'ready');
    return await look(page);
  } finally {
    await browser.close();
  }
}

/** What was sent as 拍照, looked at where it was taken: bytes do not survive the way out here. */
function shotSeen(page: Page) {
  return page.evaluate(async () => {
    const [shot] = window.stationDouble.sent.filter(({ name }) => name === 'session.takeShot');
    if (!shot) throw new Error('No shot was sent');
    const { picture, width, height } = shot.payload as {
      picture: Uint8Array<ArrayBuffer>;
      width: number;
      height: number;
    };
    const bitmap = await createImageBitmap(new Blob([picture]));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
    context.drawImage(bitmap, 0, 0);
    const red = (x: number) => {
      const [r = 0, g = 0] = context.getImageData(x, bitmap.height / 2, 1, 1).data;
      return r > 150 && g < 80;
    };
    return { width, height, redIsLeft: red(40) && !red(bitmap.width - 40) };
  });
}
