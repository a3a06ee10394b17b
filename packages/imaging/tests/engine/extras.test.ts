import { PHOTO_PROFILES } from '@gradshot/domain';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Standardized } from '../../src/api.ts';
import { standardizePhoto } from '../../src/engine/standardize.ts';
import { drawScene, ordinaryScene } from '../../src/robustness/portrait-scene.ts';
import type { LoadedModels } from '../../src/runtime/load-models.ts';
import { findCell } from '../../src/sheets/catalogue.ts';
import { layOutSheet } from '../../src/sheets/layout.ts';
import { usualPlan } from '../../src/sheets/plan.ts';
import { openTestModels } from '../face/test-models.ts';

const profile = PHOTO_PROFILES[0];
/** One print in the standard photo's own shape, alone on its paper. */
const plan = usualPlan('5in', { cells: [{ cell: findCell('chsi')!, count: 1 }], cutLines: 'none' });

let models: LoadedModels;
let source: Buffer;
let made: Standardized;
beforeAll(async () => {
  models = await openTestModels();
  source = await (await drawScene(ordinaryScene(1000))).jpeg({ quality: 95 }).toBuffer();
  const also = { explain: 'zh', sheets: [plan], reference: source } as const;
  made = await standardizePhoto(models, source, { profile, also });
});
afterAll(() => models.close());

describe('beside the photo', () => {
  it('the photo itself is the same as without anything beside it', async () => {
    const plain = await standardizePhoto(models, source, { profile });
    expect(Buffer.from(made.jpeg!).equals(Buffer.from(plain.jpeg!))).toBe(true);
    expect(made.report.checks).toEqual(plain.report.checks);
    expect(plain).not.toHaveProperty('sheets');
  });

  it('a print of the photo’s own shape shows what the photo shows', async () => {
    const [sheet] = made.sheets!;
    const layout = layOutSheet(plan);
    if (!sheet?.ok || !layout.ok) throw new Error('no sheet');
    const { cell, x, y } = layout.value.placed[0]!;
    const area = { left: x, top: y, width: cell.width, height: cell.height };
    const print = await sharp(sheet.value.jpeg).extract(area).raw().toBuffer();
    const photo = await sharp(made.jpeg!).raw().toBuffer();
    expect(meanDifference(print, photo)).toBeLessThan(6);
  });

  it('the measurements are drawn on source and result', async () => {
    const { format, width, height } = await sharp(made.explanation!).metadata();
    expect({ format, height }).toEqual({ format: 'png', height: 1280 });
    // source 960, result 960, list 760
    expect(width).toBe(2680);
  });

  it('the comparison with the same person is advice in the highest band', () => {
    expect(made.identity).toMatchObject({
      ok: true,
      value: { band: 'similar', model: models.versions.faceEmbedding },
    });
  });
});

describe('of a photo that cannot be composed', () => {
  it('there is an explanation, and each sheet says why there is none', async () => {
    const far = { ...ordinaryScene(1000), scale: 0.2 };
    const picture = await (await drawScene(far)).jpeg().toBuffer();
    const also = { explain: 'en', sheets: [plan, plan] } as const;
    const { report, explanation, sheets } = await standardizePhoto(models, picture, {
      profile,
      also,
    });
    expect(report.accepted).toBe(false);
    expect((await sharp(explanation!).metadata()).width).toBe(960 + 760);
    const refusal = { error: { code: 'photo.notStandard' } };
    expect(sheets).toMatchObject([refusal, refusal]);
  });

  it('nothing is drawn of a file that is no picture', async () => {
    const also = { explain: 'zh', reference: source } as const;
    const nothing = await standardizePhoto(models, Buffer.from('no picture'), { profile, also });
    expect(nothing.explanation).toBeUndefined();
    expect(nothing.identity).toMatchObject({
      error: { code: 'imaging.noFace', details: { picture: 'photo' } },
    });
  });
});

function meanDifference(a: Buffer, b: Buffer): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]! - b[i]!);
  return sum / a.length;
}
