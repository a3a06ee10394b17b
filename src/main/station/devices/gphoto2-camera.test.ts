import { contractOf, pictureFile, SHOT_CONTRACT } from '@gradshot/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../ground/clock.ts';
import { createGphoto2Camera } from './gphoto2-camera.ts';
import { detectedCamera, meaningOf } from './gphoto2-speech.ts';
import {
  asCamera,
  asShots,
  GPHOTO2_TRAITS,
  type Gphoto2Rig,
  openGphoto2,
} from './tests/gphoto2-rig.ts';

let rig: Gphoto2Rig;
beforeEach(() => {
  rig = openGphoto2();
});
afterEach(async () => {
  expect(rig.calls()).not.toContain('overlap');
  await rig.dispose();
});

describe('a camera behind gphoto2 keeps the contract of every camera', () => {
  for (const { name, run } of contractOf(GPHOTO2_TRAITS))
    it(name, async () => {
      await rig.dispose();
      rig = openGphoto2({ spoken: true });
      await run(asCamera(rig));
    });
});

describe('a camera behind gphoto2 keeps the contract of every tethered camera', () => {
  for (const { name, run } of SHOT_CONTRACT)
    it(name, async () => {
      rig.camera.start();
      await run(asShots(rig));
    });
});

async function atThePage(): Promise<void> {
  rig.camera.start();
  await rig.enterPage();
}

const code = async (press: ReturnType<Gphoto2Rig['press']>) => {
  const result = await press;
  return result.ok ? 'ok' : result.error.code;
};
const PICTURE = pictureFile('a');
const CAPTURE = '--capture-image-and-download --stdout --keep-raw';

describe('what the program answers', () => {
  it.each([
    ['garbage', 'camera.captureFailed'],
    ['noFocus', 'camera.captureFailed'],
    ['crash', 'camera.captureFailed'],
    ['ioProblem', 'camera.noAnswer'],
    ['tooMuch', 'photo.tooLargeBytes'],
  ] as const)('%s is told as %s, and the next press works', async (answer, told) => {
    await atThePage();
    rig.change({ answer });
    expect(await code(rig.press(PICTURE))).toBe(told);
    expect(rig.shots).toEqual([]);
    rig.change({ answer: 'well' });
    await rig.wait(10_000);
    expect(await code(rig.press(PICTURE))).toBe('ok');
    expect(rig.shots).toHaveLength(1);
  });

  it('a camera that another program takes at the shutter is told, and comes back', async () => {
    await atThePage();
    rig.change({ occupied: true });
    expect(await code(rig.press(PICTURE))).toBe('camera.busy');
    expect(rig.states.at(-1)).toEqual({ kind: 'failed', code: 'camera.busy', lost: true });
    rig.change({ occupied: false });
    await rig.wait(10_000);
    expect(rig.states.at(-1)).toEqual({ kind: 'ready', label: 'Nikon DSC D750' });
    expect(await code(rig.press(PICTURE))).toBe('ok');
  });

  it.each(['hang', 'stubborn'] as const)(
    'a program that does not end (%s) is ended',
    async (answer) => {
      await rig.dispose();
      rig = openGphoto2({ patience: { capture: 400 } });
      await atThePage();
      rig.change({ answer });
      expect(await code(rig.press(PICTURE))).toBe('camera.noAnswer');
      expect(rig.running()).toBeLessThanOrEqual(1);
      rig.change({ answer: 'well' });
    },
  );

  it('a program that is not there is told as such', async () => {
    const missing = createGphoto2Camera({
      clock: systemClock,
      command: ['/nowhere/gphoto2'],
      onState: () => {},
      onStray: () => {},
    });
    expect(await missing.look()).toMatchObject({ error: { code: 'camera.programMissing' } });
  });
});

it('asks for what is documented, and opens the camera once', async () => {
  await atThePage();
  await rig.wait(20_000);
  await rig.press(PICTURE);
  expect(rig.calls()).toEqual([
    '--auto-detect',
    '--summary',
    '--auto-detect',
    '--auto-detect',
    CAPTURE,
  ]);
});

it('is tried at once when something is plugged in, and not while it is stopped', async () => {
  await rig.dispose();
  rig = openGphoto2({ spoken: true });
  rig.change({ plugged: false });
  rig.camera.start();
  await rig.wait(60_000);
  rig.change({ plugged: true });
  rig.camera.wake?.();
  await rig.wait(0);
  expect(rig.states.at(-1)?.kind).toBe('ready');
  rig.change({ plugged: false });
  rig.camera.wake?.();
  await rig.wait(0);
  expect(rig.states.at(-1)).toEqual({ kind: 'failed', code: 'camera.notFound', lost: true });
  rig.camera.stop();
  rig.change({ plugged: true });
  rig.camera.wake?.();
  await rig.wait(0);
  expect(rig.states.at(-1)?.kind).toBe('failed');
});

it('takes one picture at a time', async () => {
  await atThePage();
  rig.change({ exposureMs: 300 });
  const first = rig.press(PICTURE);
  expect(await code(rig.press(PICTURE))).toBe('station.busy');
  expect(await code(first)).toBe('ok');
  expect(rig.shots).toHaveLength(1);
});

it('is pressed only when the look for cameras is over', async () => {
  await atThePage();
  rig.change({ lookMs: 600 });
  await rig.pass(8000);
  expect(await code(rig.press(PICTURE))).toBe('ok');
  expect(rig.calls()).not.toContain('overlap');
});

it('shoots for nobody who has left', async () => {
  expect(await code(rig.press(PICTURE))).toBe('station.wrongStep');
  await atThePage();
  const press = rig.press(PICTURE);
  rig.leavePage();
  expect(await code(press)).toBe('station.wrongStep');
  expect(rig.shots).toEqual([]);
  expect(rig.calls()).not.toContain(CAPTURE);
});

it('gives to nobody what was exposed while the page was left, not even to who came next', async () => {
  await atThePage();
  rig.change({ exposureMs: 500 });
  const press = rig.press(PICTURE);
  await expect.poll(() => rig.calls()).toContain(CAPTURE);
  rig.leavePage();
  const next = rig.enterPage();
  expect(await code(press)).toBe('station.wrongStep');
  await next;
  expect(rig.shots).toEqual([]);
  expect(rig.strays()).toBe(1);
});

describe('the words of the program', () => {
  it('name a camera, and no stick with pictures', () => {
    const table = (...rows: readonly string[]) =>
      ['Model                          Port', '-'.repeat(58), ...rows, ''].join('\r\n');
    expect(detectedCamera(table('Canon EOS R5 (PTP mode)        usb:001,012'))).toBe(
      'Canon EOS R5 (PTP mode)',
    );
    expect(detectedCamera(table('Mass Storage Camera            disk:/media/a'))).toBeUndefined();
    expect(detectedCamera(table())).toBeUndefined();
    expect(detectedCamera('')).toBeUndefined();
  });

  it.each([
    ["*** Error (-105: 'Unknown model') ***", 'camera.notFound'],
    [
      "*** Error (-52: 'Could not find the requested device on the USB port') ***",
      'camera.notFound',
    ],
    ["*** Error (-53: 'Could not claim the USB device') ***", 'camera.busy'],
    ["*** Error (-60: 'Could not lock the device') ***", 'camera.busy'],
    ['Could not open USB device (Permission denied).', 'camera.denied'],
    ["*** Error (-10: 'Timeout reading from or writing to the port') ***", 'camera.noAnswer'],
    ['ERROR: Could not capture.', undefined],
  ] as const)('%s means %s', (text, meaning) => expect(meaningOf(text)).toBe(meaning));
});

const REAL = process.env.GRADSHOT_GPHOTO2;

describe('the real program', () => {
  // Its virtual camera is built by hand: where it is not, nothing here can be shown.
  it.skipIf(REAL === undefined)('takes a picture with the camera at hand', async () => {
    const shots: Uint8Array[] = [];
    const camera = createGphoto2Camera({
      clock: systemClock,
      command: [REAL ?? ''],
      onState: () => {},
      onStray: () => {},
    });
    camera.start();
    const counts = new Promise<void>((resolve) => {
      const refused = () => {};
      camera.listen({ ready: resolve, shot: ({ picture }) => shots.push(picture), refused });
    });
    await counts;
    expect(await camera.capture?.()).toEqual({ ok: true, value: null });
    expect(shots).toHaveLength(1);
    camera.stop();
  });
});
