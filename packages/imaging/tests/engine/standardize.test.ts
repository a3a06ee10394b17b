import { existsSync, readFileSync } from 'node:fs';
import { MACHINE_CHECK_CODES, PHOTO_PROFILES, type PhotoProfile } from '@gradshot/domain';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine, Progress, Standardized } from '../../src/api.ts';
import { createEngine } from '../../src/engine/create-engine.ts';
import { convertModels } from '../../src/models/convert-models.ts';
import { drawScene, ordinaryScene } from '../../src/robustness/portrait-scene.ts';
import { samplePicture, samplePortrait } from '../face/sample-pictures.ts';
import { MODELS_DIR } from '../face/test-models.ts';

const PROFILE: PhotoProfile = PHOTO_PROFILES[0];
const PHOTOS = new URL('../../../../../shared/photos/', import.meta.url);
const portraitsAtHand = existsSync(PHOTOS);

let engine: Engine;
beforeAll(async () => {
  await convertModels(MODELS_DIR);
  const created = await createEngine({ modelsDir: MODELS_DIR, provider: 'cpu' });
  if (!created.ok) throw new Error(created.error.code);
  engine = created.value;
});
afterAll(() => engine.close());

function standardize(source: Uint8Array): Promise<Standardized> {
  return engine.standardize(source, { profile: PROFILE });
}

/** The first pixel of each corner; the lower ones may be clothes. */
async function upperCorners(jpeg: Uint8Array): Promise<number[][]> {
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  const at = (x: number) => [...data.subarray(3 * x, 3 * x + 3)];
  return [at(0), at(info.width - 1)];
}

describe('a portrait from a picture that ships with a dependency', () => {
  it('becomes a photo inside the profile', async () => {
    const portrait = await (await drawScene(ordinaryScene(1000))).jpeg({ quality: 95 }).toBuffer();
    const { report, jpeg } = await standardize(portrait);
    const { hairTopY, eyeLineY, faceWidth, maxCentreOffset } = PROFILE.geometry;
    if (!jpeg || !report.geometry) throw new Error(report.reason?.code);
    expect(report.geometry.hairTopY).toBeGreaterThanOrEqual(hairTopY[0]);
    expect(report.geometry.hairTopY).toBeLessThanOrEqual(hairTopY[1]);
    expect(report.geometry.eyeLineY).toBeGreaterThanOrEqual(eyeLineY[0]);
    expect(report.geometry.eyeLineY).toBeLessThanOrEqual(eyeLineY[1]);
    expect(report.geometry.faceWidth).toBeGreaterThanOrEqual(faceWidth[0]);
    expect(report.geometry.faceWidth).toBeLessThanOrEqual(faceWidth[1]);
    expect(Math.abs(report.geometry.faceCentreX - 240)).toBeLessThanOrEqual(maxCentreOffset);
    expect(await sharp(jpeg).metadata()).toMatchObject({ width: 480, height: 640, density: 300 });
  });

  it('is put to every check of the catalogue', async () => {
    const portrait = await (await drawScene(ordinaryScene(900))).jpeg({ quality: 95 }).toBuffer();
    const { report } = await standardize(portrait);
    const again = { profile: PROFILE, also: { refusedBefore: [report.fingerprint!] } };
    const { checks } = (await engine.standardize(portrait, again)).report;
    expect(checks.map(({ code }) => code)).toEqual(MACHINE_CHECK_CODES);
  });

  it('is refused with several faces', async () => {
    const { report, jpeg } = await standardize(await samplePicture(4).jpeg().toBuffer());
    expect(report).toMatchObject({ accepted: false, reason: { code: 'imaging.severalFaces' } });
    expect(jpeg).toBeUndefined();
  });

  it('is refused without a face, and as text, with a sentence each', async () => {
    expect((await standardize(await emptyWall())).report.reason?.code).toBe('imaging.noFace');
    const { report } = await standardize(Buffer.from('hello'));
    expect(report.reason?.code).toBe('photo.notAnImage');
    expect(report.reason?.zh).toContain('JPEG');
  });
});

function emptyWall(): Promise<Buffer> {
  const wall = { width: 900, height: 1200, channels: 3, background: '#ddd' } as const;
  return sharp({ create: wall }).jpeg().toBuffer();
}

describe('a check that does not pass', () => {
  const scene = ordinaryScene(900, [150, 190, 140]);
  const draw = async (changes: Partial<typeof scene>) =>
    (await drawScene({ ...scene, ...changes })).jpeg({ quality: 95 }).toBuffer();
  const overCompressed = async () => (await drawScene(scene)).jpeg({ quality: 15 }).toBuffer();

  it.each([
    ['a green wall', () => draw({}), ['light.colourCast', 'wall.replaced']],
    ['hair cut off', () => draw({ eyesY: 180 }), ['frame.head']],
    ['no shoulders', () => draw({ eyesY: 1000 }), ['frame.shoulders']],
    ['several faces', () => samplePicture(4).jpeg().toBuffer(), ['face.count']],
    ['too far away', () => draw({ scale: 0.2 }), ['frame.faceWidth']],
    ['aside', () => draw({ scale: 1.6, eyesX: 250, eyesY: 500 }), ['frame.centre']],
    ['compressed too much', () => overCompressed(), ['picture.compression']],
    ['nobody there', () => emptyWall(), ['face.count']],
  ])('says by how much and where to look: %s', async (_, make, expected) => {
    const { report } = await standardize(await make());
    const failed = report.checks.filter(({ level }) => level !== 'pass');
    expect(failed.map(({ code }) => code)).toEqual(expect.arrayContaining(expected));
    for (const { code, hint, level, value, limit } of failed) {
      // what is measured is measured, and every limit is named
      if (level === 'fail') expect(value, code).not.toBeNull();
      expect(limit, code).not.toBeNull();
      expect(hint?.width, code).toBeGreaterThan(0);
      expect(hint?.height, code).toBeGreaterThan(0);
      expect(hint!.x + hint!.width).toBeLessThanOrEqual(1);
      expect(hint!.y + hint!.height).toBeLessThanOrEqual(1);
    }
  });
});

describe('a picture that lies on its side', () => {
  it.each([60, 70, 90, 110, 250, 270, 300])(
    'is refused with the cause, by %i°',
    async (degrees) => {
      const scene = await (await drawScene(ordinaryScene(900))).png().toBuffer();
      const turned = await sharp(scene)
        .rotate(degrees, { background: '#d8d4cc' })
        .jpeg()
        .toBuffer();
      const { report, jpeg } = await standardize(turned);
      expect(report.accepted).toBe(false);
      expect(jpeg).toBeUndefined();
      expect(report.reason!.code).toMatch(/^composition\.turned$|^imaging\.noFace$/);
      if (report.reason!.code === 'imaging.noFace') return;
      const roll = report.checks.find(({ code }) => code === 'pose.roll');
      expect(roll).toMatchObject({ level: 'fail', zh: expect.stringContaining('横着') });
      expect((await engine.guide(turned, PROFILE)).hints[0]?.code).toBe('guide.upright');
    },
  );
});

describe('progress and cancelling', () => {
  it('reports every stage, never backwards', async () => {
    const seen: Progress[] = [];
    const portrait = await samplePortrait();
    await engine.standardize(portrait, { profile: PROFILE, onProgress: (p) => seen.push(p) });
    expect(seen[0]).toEqual({ stage: 'decode', fraction: 0 });
    expect(seen.at(-1)?.fraction).toBe(1);
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const running = engine.standardize(await samplePortrait(), {
      profile: PROFILE,
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(running).rejects.toThrow(/abort/i);
  });
});

describe('photos at the same time', () => {
  it('come out as they do alone', async () => {
    const portrait = await (await drawScene(ordinaryScene(1000))).jpeg({ quality: 95 }).toBuffer();
    const alone = await standardize(portrait);
    const together = await Promise.all([portrait, portrait, portrait].map(standardize));
    for (const { report, jpeg } of together) {
      expect(report.geometry).toEqual(alone.report.geometry);
      expect(Buffer.compare(jpeg ?? Buffer.alloc(0), alone.jpeg ?? Buffer.alloc(0))).toBe(0);
    }
  });
});

describe.skipIf(!portraitsAtHand)(
  'the portraits beside the repository (skipped without them)',
  () => {
    const read = (name: string) => readFileSync(new URL(name, PHOTOS));

    it.each(['portrait-1.jpg', 'portrait-2.jpg', 'portrait-3.jpg'])(
      '%s is accepted',
      async (name) => {
        const { report, jpeg } = await standardize(read(name));
        expect(report.reason).toBeUndefined();
        expect(report.accepted).toBe(true);
        expect(jpeg!.length).toBeGreaterThanOrEqual(PROFILE.jpeg.minBytes);
        expect(jpeg!.length).toBeLessThanOrEqual(PROFILE.jpeg.maxBytes);
        expect(report.output!.quality).toBeGreaterThanOrEqual(PROFILE.jpeg.minQuality);
        for (const corner of await upperCorners(jpeg!)) {
          corner.forEach((value, channel) => {
            expect(Math.abs(value - PROFILE.background[channel]!)).toBeLessThanOrEqual(2);
          });
        }
      },
    );

    it('a picture that was refused before is recognised, another one is not', async () => {
      const { report } = await standardize(read('portrait-3.jpg'));
      const again = async (name: string) => {
        const made = await engine.standardize(read(name), {
          profile: PROFILE,
          also: { refusedBefore: [report.fingerprint!] },
        });
        return made.report.checks.find(({ code }) => code === 'picture.repeated');
      };
      expect(await again('portrait-3.jpg')).toMatchObject({ level: 'warn', value: 0 });
      expect(await again('portrait-1.jpg')).toMatchObject({ level: 'pass' });
    });

    it('several people are refused', async () => {
      const { report } = await standardize(read('group-3.jpg'));
      expect(report.reason?.code).toBe('imaging.severalFaces');
    });
  },
);
