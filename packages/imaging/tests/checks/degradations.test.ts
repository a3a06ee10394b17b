import {
  type CheckLevel,
  MACHINE_CHECK_CODES,
  type MachineCheckCode,
  PHOTO_PROFILES,
} from '@gradshot/domain';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEGRADATIONS } from '../../src/bench/degradations.ts';
import { standardizePhoto } from '../../src/engine/standardize.ts';
import { analyseFaces } from '../../src/face/analyse-faces.ts';
import type { FaceAnalysis } from '../../src/face/face-analysis.ts';
import type { RgbImage } from '../../src/picture/rgb-image.ts';
import { drawScene, ordinaryScene } from '../../src/robustness/portrait-scene.ts';
import type { LoadedModels } from '../../src/runtime/load-models.ts';
import { openTestModels } from '../face/test-models.ts';

const WORSE: Readonly<Record<CheckLevel, number>> = { pass: 0, warn: 1, fail: 2 };
/** The drawn skin has no texture that a filter could take away. */
const NOT_ON_A_DRAWING = 'picture.beautified';

/** What nothing drawn over a portrait brings about, or what the engine's own tests do. */
const NOT_SPOILT: readonly MachineCheckCode[] = [
  'pose.yaw',
  'pose.pitch',
  'pose.shoulders',
  'eyes.open',
  'mouth.closed',
  'expression.neutral',
  'frame.head',
  'frame.shoulders',
  'frame.hairTop',
  'frame.eyeLine',
  'frame.faceWidth',
  'frame.centre',
  'picture.repeated',
  'light.highlights',
  'wall.plain',
  'wall.shadow',
  'wall.replaced',
  'clothes.contrast',
  'file.size',
];

let models: LoadedModels;
let image: RgbImage;
let face: FaceAnalysis;
let before: ReadonlyMap<string, CheckLevel>;
beforeAll(async () => {
  models = await openTestModels();
  const source = await (await drawScene(ordinaryScene(900))).png().toBuffer();
  const { data, info } = await sharp(source).raw().toBuffer({ resolveWithObject: true });
  image = { data, width: info.width, height: info.height };
  [face] = (await analyseFaces(models, image)) as [FaceAnalysis];
  before = await levels(source);
});
afterAll(() => models.close());

async function levels(source: Uint8Array): Promise<Map<string, CheckLevel>> {
  const { report } = await standardizePhoto(models, source, { profile: PHOTO_PROFILES[0] });
  return new Map(report.checks.map(({ code, level }) => [code, level]));
}

describe('a drawn portrait with one thing wrong', () => {
  it.each(DEGRADATIONS.filter(({ expected }) => expected !== NOT_ON_A_DRAWING))(
    '$name: $expected says so',
    async ({ expected, make }) => {
      const after = await levels(await make(image, face));
      expect(WORSE[after.get(expected)!]).toBeGreaterThan(WORSE[before.get(expected)!]);
    },
  );
});

it('a check that nothing here spoils is known to be one', () => {
  const spoilt = new Set(DEGRADATIONS.map(({ expected }) => expected));
  expect(MACHINE_CHECK_CODES.filter((code) => !spoilt.has(code))).toEqual(NOT_SPOILT);
});
