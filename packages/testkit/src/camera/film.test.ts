import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { CODE_KINDS, createCodeDesk } from '../simulators/chsi-gateway/code-desk.ts';
import { drawCodeOnPhone, type PhoneScene } from './code-on-phone.ts';
import { writeFakeCameraFilm } from './still-video.ts';

let folder: string;
beforeAll(async () => {
  // Without this the reader fetches its WebAssembly from the network.
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const wasmBinary = Uint8Array.from(await readFile(wasm)).buffer;
  prepareZXingModule({ overrides: { wasmBinary } });
  folder = await mkdtemp(join(tmpdir(), 'film-'));
});
afterAll(() => rm(folder, { recursive: true }));

const desk = createCodeDesk({ seed: 'film', now: () => new Date('2026-11-23T01:00:00Z') });
const [student] = desk.students;
const payload = desk.issue(student?.studentNumber ?? '') ?? '';

async function read(picture: Uint8Array): Promise<string | undefined> {
  const [code] = await readBarcodes(new Uint8Array(picture), { formats: ['QRCode'] });
  return code?.text;
}

describe('a code on a phone before the camera', () => {
  const scenes: readonly [string, PhoneScene][] = [
    ['as usual', {}],
    ['tilted, blurred and noisy', { tiltDeg: -15, blur: 1.4, noise: 20 }],
    ['inverted for the night', { inverted: true }],
    ['dark', { screenBrightness: 0.35 }],
    ['larger than the picture', { phoneShare: 1.5 }],
  ];
  it.each(scenes)('can be read: %s', async (_name, scene) => {
    const picture = await drawCodeOnPhone(payload, scene);
    expect(await sharp(picture).metadata()).toMatchObject({ width: 1920, height: 1080 });
    expect(await read(picture)).toBe(payload);
  });

  it('cannot be read from far away in a blur', async () => {
    expect(
      await read(await drawCodeOnPhone(payload, { phoneShare: 0.3, blur: 5 })),
    ).toBeUndefined();
  });
});

describe('fake camera film', () => {
  it('shows each still for its time, as baseline 4:2:0 JPEGs in a row', async () => {
    const file = join(folder, 'two.mjpeg');
    const code = await drawCodeOnPhone(payload);
    const grey = await sharp({
      create: { width: 300, height: 400, channels: 3, background: '#808080' },
    })
      .png()
      .toBuffer();
    const size = { width: 1280, height: 720 };
    await writeFakeCameraFilm(
      file,
      [
        { picture: code, seconds: 0.1 },
        { picture: grey, seconds: 0.2 },
      ],
      size,
    );
    const frames = splitJpegs(await readFile(file));
    expect(frames).toHaveLength(9);
    const [first, last] = [frames[0], frames.at(-1)];
    if (!first || !last) throw new Error('the film is empty');
    expect(await read(first)).toBe(payload);
    expect(await sharp(last).metadata()).toMatchObject({
      ...size,
      chromaSubsampling: '4:2:0',
      isProgressive: false,
    });
  });

  it('is uncompressed at a rate of its own, where that is enough', async () => {
    const file = join(folder, 'red.y4m');
    const picture = await sharp({
      create: { width: 8, height: 4, channels: 3, background: '#ff0000' },
    })
      .png()
      .toBuffer();
    await writeFakeCameraFilm(file, [{ picture, seconds: 0.5 }], { width: 8, height: 4 });
    const film = await readFile(file);
    const header = film.indexOf('\n') + 1;
    expect(film.subarray(0, header).toString()).toMatch(/^YUV4MPEG2 W8 H4 F6:1 /);
    // 32 pixels, and a quarter of that for each colour difference; red as television has it.
    const frame = [...Array(32).fill(81), ...Array(8).fill(90), ...Array(8).fill(240)];
    expect(film.subarray(header)).toEqual(
      Buffer.concat(
        Array(3)
          .fill([Buffer.from('FRAME\n'), Buffer.from(frame)])
          .flat(),
      ),
    );
  });

  it('refuses a name that Chromium would not take for a film', async () => {
    await expect(writeFakeCameraFilm(join(folder, 'film.mp4'), [])).rejects.toThrow('.mjpeg');
  });
});

/** Cuts at each start-of-image marker; sharp writes no thumbnails that could hold another. */
function splitJpegs(bytes: Buffer): readonly Buffer[] {
  const start = Buffer.from([0xff, 0xd8, 0xff]);
  const at: number[] = [];
  for (let next = bytes.indexOf(start); next >= 0; next = bytes.indexOf(start, next + 3))
    at.push(next);
  return at.map((from, index) => bytes.subarray(from, at[index + 1]));
}

it('makes codes of a realistic length for every student and kind', () => {
  for (const { studentNumber } of desk.students) {
    for (const kind of CODE_KINDS) {
      expect(desk.issue(studentNumber, kind)).toMatch(/^[A-Za-z0-9_-]{150,300}$/);
    }
  }
});
