import { PHOTO_PROFILES, type StandardizationReport } from '@gradshot/domain';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { measureFaceBox } from '../../src/composition/subject.ts';
import { standardizePhoto } from '../../src/engine/standardize.ts';
import { analyseFaces } from '../../src/face/analyse-faces.ts';
import { Chance } from '../../src/robustness/chance.ts';
import type { Scene } from '../../src/robustness/portrait-scene.ts';
import type { LoadedModels } from '../../src/runtime/load-models.ts';
import { openTestModels } from '../face/test-models.ts';
import {
  type Expected,
  type Figure,
  measureFigure,
  outcomesNear,
  photograph,
} from './true-subject.ts';

const profile = PHOTO_PROFILES[0];
const { geometry: ranges } = profile;
const SCENES = 36;

let models: LoadedModels;
let figure: Figure;
beforeAll(async () => {
  models = await openTestModels();
  figure = await measureFigure(models);
});
afterAll(() => models.close());

/** Small and large, near every edge, on upright and level pictures; the face is always in view. */
function makeScene(number: number): Scene {
  const chance = new Chance(number);
  const width = chance.between(600, 1500);
  const height = Math.round(width * chance.pick([4 / 3, 1.5, 1, 3 / 4]));
  const face = Math.min(width, height) * (0.04 + 0.5 * chance.next() ** 1.5);
  const scale = face / figure.faceWidth;
  const inside = (limit: number) => face * 0.7 + chance.next() * Math.max(0, limit - 1.4 * face);
  const tone = chance.between(200, 240);
  const wall = [tone, tone - 2, tone - chance.between(0, 14)] as const;
  return { width, height, wall, scale, eyesX: inside(width), eyesY: inside(height * 0.85) };
}

/** Outcome in the words of the placement; other codes are checks of a photo that was composed. */
function outcomeOf({ reason, output }: StandardizationReport): Expected | string {
  if (output) return 'placed';
  return reason!.code.replace('composition.', '');
}

describe.each(Array.from({ length: SCENES }, (_, number) => number))('scene %i', (number) => {
  it('ends inside the profile, or with the cause', async () => {
    const scene = makeScene(number);
    const made = await standardizePhoto(models, await photograph(scene), { profile });
    const outcome = outcomeOf(made.report);
    expect([...outcomesNear(figure, scene, profile)], JSON.stringify(scene)).toContain(outcome);
    if (made.jpeg) await expectInsideProfile(made.jpeg, made.report);
  });
});

/** Measured again on the finished file, with more room than the engine allows itself. */
async function expectInsideProfile(jpeg: Uint8Array, { geometry, checks }: StandardizationReport) {
  const frame = checks.filter(({ code }) =>
    /^frame\.(hairTop|eyeLine|faceWidth|centre)/.test(code),
  );
  expect(frame.map(({ level }) => level)).toEqual(['pass', 'pass', 'pass', 'pass']);
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  const [face] = await analyseFaces(models, { data, width: info.width, height: info.height });
  const { eyeLineY, faceWidth, faceCentreX } = measureFaceBox(face!);
  expect(Math.abs(eyeLineY - geometry!.eyeLineY)).toBeLessThan(8);
  expect(Math.abs(faceWidth - geometry!.faceWidth)).toBeLessThan(12);
  expect(Math.abs(faceCentreX - geometry!.faceCentreX)).toBeLessThan(8);
  expect(eyeLineY).toBeGreaterThan(ranges.eyeLineY[0] - 4);
  expect(eyeLineY).toBeLessThan(ranges.eyeLineY[1] + 4);
}

it('the scenes cover placing and most causes', () => {
  const all = new Set<string>();
  for (let number = 0; number < SCENES; number++) {
    const outcomes = outcomesNear(figure, makeScene(number), profile);
    if (outcomes.size === 1) all.add([...outcomes][0]!);
  }
  expect(all.size).toBeGreaterThanOrEqual(4);
  expect(all).toContain('placed');
});
