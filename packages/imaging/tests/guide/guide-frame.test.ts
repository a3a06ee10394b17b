import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PHOTO_PROFILES } from '@gradshot/domain';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Guidance } from '../../src/api.ts';
import { createFrameGuide } from '../../src/guide/guide-frame.ts';
import type { LoadedModels } from '../../src/runtime/load-models.ts';
import { samplePicture, samplePortrait } from '../face/sample-pictures.ts';
import { openTestModels } from '../face/test-models.ts';

const profile = PHOTO_PROFILES[0];
let models: LoadedModels;
beforeAll(async () => {
  models = await openTestModels();
  portraitBytes = await samplePortrait();
});
afterAll(() => models.close());

let portraitBytes: Buffer;
const portrait = () => sharp(portraitBytes);
const PORTRAIT_WIDTH = 380;

type Placed = { width?: number; left?: number; top?: number };

/** The portrait on a 1280 × 720 frame before a plain wall; `left` and `top` as in the frame. */
async function frameWith(picture: Sharp, placed: Placed = {}): Promise<Uint8Array> {
  const width = placed.width ?? PORTRAIT_WIDTH;
  const part = await picture.resize({ width }).png().toBuffer({ resolveWithObject: true });
  const left = placed.left ?? Math.round((1280 - width) / 2);
  const top = placed.top ?? Math.round((720 - part.info.height) / 2);
  return sharp({ create: { width: 1280, height: 720, channels: 3, background: '#dcdcda' } })
    .composite([{ input: part.data, left, top }])
    .jpeg({ quality: 80 })
    .toBuffer();
}

/** Judges a frame that nothing went before. */
const guide = (frame: Uint8Array): Promise<Guidance> => createFrameGuide(models)(frame, profile);
const codes = ({ hints }: Guidance) => hints.map(({ code }) => code);

describe('guideFrame', () => {
  it('asks for somebody when nobody is there', async () => {
    const create = { width: 1280, height: 720, channels: 3, background: '#ccc' } as const;
    const result = await guide(await sharp({ create }).jpeg().toBuffer());
    expect(result).toMatchObject({ faces: 0, state: 'blocked' });
    expect(codes(result)).toEqual(['guide.noFace']);
  });

  it('sends others out of the frame before anything else', async () => {
    const result = await guide(await samplePicture(6).jpeg().toBuffer());
    expect(result).toMatchObject({ faces: 4, state: 'blocked' });
    expect(codes(result)[0]).toBe('face.count');
  });

  it.each([
    // The frame is not mirrored: its left is the graduate's right.
    { left: 60, expected: 'guide.moveLeft', sentence: '请向左移一点。' },
    { left: 840, expected: 'guide.moveRight', sentence: '请向右移一点。' },
  ])('sends a graduate at $left towards the middle', async ({ left, expected, sentence }) => {
    const result = await guide(await frameWith(portrait(), { left, top: 240 }));
    expect(result.hints).toContainEqual(expect.objectContaining({ code: expected, zh: sentence }));
  });

  it('asks a graduate who is far away to come closer', async () => {
    const result = await guide(await frameWith(portrait(), { width: 130, top: 550 }));
    expect(codes(result)).toContain('guide.closer');
  });

  it('asks for a step back when the head leaves the frame', async () => {
    const close = samplePicture(6).extract({ left: 1120, top: 330, width: 300, height: 300 });
    const result = await guide(await frameWith(close, { width: 720, top: 0 }));
    expect(result.state).toBe('blocked');
    expect(['guide.headCut', 'guide.back', 'guide.shouldersCut']).toContain(codes(result)[0]);
  });

  it('sees that it is too dark', async () => {
    const dark = portrait().linear(0.16, 0);
    const result = await guide(await frameWith(dark, { top: 240 }));
    expect(codes(result)).toContain('light.exposure');
    expect(result.state).toBe('blocked');
  });

  it.each([
    { turn: 20, sentence: '请把头向右摆正一点。' },
    { turn: -20, sentence: '请把头向左摆正一点。' },
  ])('says to which side a head turned by $turn° must go', async ({ turn, sentence }) => {
    const leaning = portrait().rotate(turn, { background: '#dcdcda' });
    const result = await guide(await frameWith(leaning, { width: 440, top: 150 }));
    const hint = result.hints.find(({ code }) => code === 'pose.roll');
    expect(hint?.zh).toBe(sentence);
  });

  it('sees a blur, and only a plain one', async () => {
    const enlarged = { width: 500, top: 85 };
    expect(codes(await guide(await frameWith(portrait(), enlarged)))).not.toContain(
      'picture.sharpness',
    );
    expect(codes(await guide(await frameWith(portrait().blur(5), enlarged)))).toContain(
      'picture.sharpness',
    );
  });

  it('outlines the head in shares of the frame', async () => {
    const { head } = await guide(await frameWith(portrait(), { left: 450, top: 240 }));
    const centre = head!.x + head!.width / 2;
    expect(centre).toBeGreaterThan(0.4);
    expect(centre).toBeLessThan(0.6);
    expect(head!.y + head!.height).toBeLessThanOrEqual(1);
  });

  it.each([
    ['text', Buffer.from('not a picture')],
    ['nothing', Buffer.alloc(0)],
  ])('answers %s with a hint instead of an exception', async (_, bytes) => {
    expect(codes(await guide(bytes))).toEqual(['photo.unreadable']);
  });

  it('answers half a picture', async () => {
    const frame = await frameWith(portrait());
    const half = frame.subarray(0, frame.length / 2);
    expect((await guide(half)).hints.length).toBeGreaterThan(0);
  });
});

describe('frame after frame', () => {
  it('says the same as for a first frame', async () => {
    const following = createFrameGuide(models);
    const frame = await frameWith(portrait(), { top: 240 });
    const first = await following(frame, profile);
    // The collage's background is neither plain nor busy: that hint may come and go.
    const firm = (result: Guidance) => codes(result).filter((code) => code !== 'guide.wall');
    for (let i = 0; i < 5; i++) {
      const next = await following(frame, profile);
      expect(firm(next)).toEqual(firm(first));
      expect(next.head!.x).toBeCloseTo(first.head!.x, 2);
      expect(Math.abs(next.pose!.rollDeg - first.pose!.rollDeg)).toBeLessThan(0.5);
    }
  });

  it('follows a face, also when it jumps', async () => {
    const following = createFrameGuide(models);
    for (const left of [300, 320, 345, 700, 690]) {
      const { head } = await following(await frameWith(portrait(), { left, top: 240 }), profile);
      const alone = (await guide(await frameWith(portrait(), { left, top: 240 }))).head!;
      expect(Math.abs(head!.x - alone.x)).toBeLessThan(0.02);
    }
  });

  it('notices who leaves at once and who joins within four frames', async () => {
    const following = createFrameGuide(models);
    const alone = await frameWith(portrait(), { top: 240 });
    const group = await samplePicture(6).resize(1280, 720, { fit: 'contain' }).jpeg().toBuffer();
    const faces = [];
    for (const frame of [alone, alone, group, group, group, group, alone]) {
      faces.push((await following(frame, profile)).faces);
    }
    expect(faces.slice(0, 2)).toEqual([1, 1]);
    expect(faces.slice(2, 6).at(-1)).toBe(4);
    expect(faces.at(-1)).toBe(1);
  });
});

const shared = fileURLToPath(new URL('../../../../../shared/photos/', import.meta.url));

describe.skipIf(!existsSync(shared))('portraits (needs ../shared/photos)', () => {
  it.each(['portrait-1.jpg', 'portrait-2.jpg', 'portrait-3.jpg'])(
    '%s may be taken',
    async (name) => {
      const frame = await sharp(`${shared}${name}`).resize({ height: 720 }).jpeg().toBuffer();
      expect(await guide(frame)).toMatchObject({
        faces: 1,
        state: expect.stringMatching(/^(adjust|ready)$/),
      });
    },
  );
});
