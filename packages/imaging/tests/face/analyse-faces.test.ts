import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyseFaces, embedFace } from '../../src/face/analyse-faces.ts';
import { distance, type FaceAnalysis, MESH } from '../../src/face/face-analysis.ts';
import type { RgbImage } from '../../src/picture/rgb-image.ts';
import type { LoadedModels } from '../../src/runtime/load-models.ts';
import { MASK_SIZE, segmentPerson } from '../../src/segmentation/person-mask.ts';
import { samplePicture as sample, samplePortrait } from './sample-pictures.ts';
import { openTestModels } from './test-models.ts';

async function decode(picture: Sharp): Promise<RgbImage> {
  const { data, info } = await picture.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

let portrait: Buffer;
const smiling = () => sharp(portrait);

let models: LoadedModels;
beforeAll(async () => {
  models = await openTestModels();
  portrait = await samplePortrait();
});
afterAll(() => models.close());

async function onlyFace(picture: Sharp): Promise<FaceAnalysis> {
  const faces = await analyseFaces(models, await decode(picture));
  expect(faces).toHaveLength(1);
  return faces[0]!;
}

describe('analyseFaces', () => {
  it.each([
    [1, 3],
    [3, 3],
    [5, 5],
    [6, 4],
  ])('finds everybody in sample %i', async (number, count) => {
    expect(await analyseFaces(models, await decode(sample(number)))).toHaveLength(count);
  });

  it('finds nobody in an empty picture', async () => {
    const create = { width: 640, height: 480, channels: 3, background: '#ccd' } as const;
    expect(await analyseFaces(models, await decode(sharp({ create })))).toEqual([]);
  });

  it('puts the largest face first', async () => {
    const faces = await analyseFaces(models, await decode(sample(6)));
    const widths = faces.map(({ box }) => box.width);
    expect(widths).toEqual([...widths].sort((a, b) => b - a));
  });

  it('measures the same face at any resolution', async () => {
    const full = await onlyFace(smiling());
    const double = await onlyFace(smiling().resize(760, 960));
    const span = distance(full.points[MESH.leftEyeOuter]!, full.points[MESH.rightEyeOuter]!);
    for (const index of [MESH.chin, MESH.noseTip, MESH.leftEyeOuter, MESH.rightMouthCorner]) {
      const there = double.points[index]!;
      const shift = distance(full.points[index]!, { x: there.x / 2, y: there.y / 2 });
      expect(shift / span).toBeLessThan(0.04);
    }
    expect(Math.abs(double.rollDeg - full.rollDeg)).toBeLessThan(1);
  });

  it.each([-10, -5, 5, 10])('recovers a turn of the picture by %i°', async (turn) => {
    const upright = await onlyFace(smiling());
    const turned = await onlyFace(smiling().rotate(turn, { background: '#888' }));
    expect(Math.abs(turned.rollDeg - upright.rollDeg - turn)).toBeLessThan(1);
  });

  it('sees a mirrored face turned the other way', async () => {
    const faces = await analyseFaces(models, await decode(sample(5)));
    const mirrored = await analyseFaces(models, await decode(sample(5).flop()));
    const yaws = (list: FaceAnalysis[]) => list.map((f) => f.yawDeg).sort((a, b) => a - b);
    const expected = yaws(faces)
      .map((yaw) => -yaw)
      .sort((a, b) => a - b);
    yaws(mirrored).forEach((yaw, i) => {
      expect(Math.abs(yaw - expected[i]!)).toBeLessThan(8);
    });
  });

  it('tells the sides and heights apart', async () => {
    // In sample 5 the woman on the right looks to the left, the second from the left to
    // the right, and the fourth holds her chin high.
    const faces = await analyseFaces(models, await decode(sample(5)));
    const byX = faces.sort((a, b) => a.box.x - b.box.x);
    expect(byX.at(-1)!.yawDeg).toBeLessThan(-15);
    expect(byX[1]!.yawDeg).toBeGreaterThan(15);
    expect(byX[3]!.pitchDeg).toBeGreaterThan(12);
  });

  it('reads a smile and open eyes', async () => {
    const face = await onlyFace(smiling());
    expect(face.leftEye.opening).toBeGreaterThan(0.24);
    expect(face.rightEye.opening).toBeGreaterThan(0.24);
    const sum = Object.values(face.expressions).reduce((total, p) => total + p, 0);
    expect(sum).toBeCloseTo(1, 4);
  });

  it('puts each iris between the corners of its eye', async () => {
    const { leftEye, rightEye } = await onlyFace(smiling());
    for (const { lids, iris } of [leftEye, rightEye]) {
      const [a, b] = [lids[0]!, lids[8]!];
      expect(iris[0]!.x).toBeGreaterThan(Math.min(a.x, b.x));
      expect(iris[0]!.x).toBeLessThan(Math.max(a.x, b.x));
    }
  });
});

describe('embedFace', () => {
  const cosine = (a: Float32Array, b: Float32Array) => {
    const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, v, i) => sum + v * y[i]!, 0);
    return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
  };

  it('is closer for the same face than for another', async () => {
    const image = await decode(sample(6));
    const faces = await analyseFaces(models, image);
    const embeddings = await Promise.all(faces.map((face) => embedFace(models, image, face)));
    const darker = await decode(sample(6).linear(0.8, 5).jpeg({ quality: 70 }));
    const [again] = await analyseFaces(models, darker);
    const repeated = await embedFace(models, darker, again!);
    expect(repeated).toHaveLength(1024);
    const [same, ...others] = embeddings.map((embedding) => cosine(repeated, embedding));
    for (const other of others) expect(same).toBeGreaterThan(other + 0.1);
  });
});

describe('segmentPerson', () => {
  it('separates the people from the surroundings', async () => {
    const mask = await segmentPerson(models, await decode(smiling()));
    expect(mask).toHaveLength(MASK_SIZE * MASK_SIZE);
    const face = mask[(MASK_SIZE / 2) * MASK_SIZE + MASK_SIZE / 2]!;
    expect(face).toBeGreaterThan(0.9);
    const create = { width: 320, height: 240, channels: 3, background: '#eee' } as const;
    const empty = await segmentPerson(models, await decode(sharp({ create })));
    expect(Math.max(...empty)).toBeLessThan(0.5);
  });
});
