import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENGINE_VERSION } from '../../src/engine/version.ts';
import { type LoadedModels, loadModels } from '../../src/runtime/load-models.ts';
import { MODELS_DIR, openTestModels } from '../face/test-models.ts';
import { GOLDEN_PICTURES, type Golden, goldensSchema, summarise } from './golden-pictures.ts';

/** `npm run record-pictures -w @gradshot/imaging` after a change that was looked at. */
const recorded = goldensSchema.parse(
  JSON.parse(await readFile(new URL('./pictures.json', import.meta.url), 'utf8')),
);

type Tolerance = {
  /** Output pixels and degrees. */
  readonly geometry: number;
  /** Steps of 255: the largest difference of a block, and the mean. */
  readonly block: number;
  readonly mean: number;
  readonly background: number;
};

/** Other processors round otherwise. */
const ON_CPU: Tolerance = { geometry: 0.6, block: 4, mean: 0.3, background: 0.004 };
/** Graphics devices count in shorter numbers. */
const ELSEWHERE: Tolerance = { geometry: 2, block: 12, mean: 1, background: 0.01 };

function expectSame(now: Golden, before: Golden, tolerance: Tolerance): void {
  expect([now.code, now.notPassed]).toEqual([before.code, before.notPassed]);
  for (const [key, value] of Object.entries(before.geometry ?? {})) {
    expect(Math.abs(now.geometry![key]! - value), key).toBeLessThanOrEqual(tolerance.geometry);
  }
  expect(now.blocks === undefined).toBe(before.blocks === undefined);
  if (!before.blocks) return;
  expect(Math.abs(now.background! - before.background!)).toBeLessThan(tolerance.background);
  const { largest, mean } = difference(now.blocks!, before.blocks);
  expect(largest).toBeLessThanOrEqual(tolerance.block);
  expect(mean).toBeLessThanOrEqual(tolerance.mean);
}

function difference(a: string, b: string) {
  const before = Buffer.from(b, 'base64');
  const differences = [...Buffer.from(a, 'base64')].map((value, i) => Math.abs(value - before[i]!));
  const sum = differences.reduce((total, value) => total + value, 0);
  return { largest: Math.max(...differences), mean: sum / differences.length };
}

let models: LoadedModels;
beforeAll(async () => {
  models = await openTestModels();
});
afterAll(() => models.close());

describe('on the CPU', () => {
  it('the recorded results are of this version and these models', () => {
    expect(recorded).toMatchObject({ engineVersion: ENGINE_VERSION, models: models.versions });
  });

  it.each(GOLDEN_PICTURES)('$name comes out as it did', async (picture) => {
    const before = recorded.pictures.find(({ name }) => name === picture.name);
    expectSame(await summarise(models, picture), before!, ON_CPU);
  });
});

describe('on a graphics provider, where there is one', () => {
  it('results are the same but for rounding', async (context) => {
    const loaded = await loadModels({ modelsDir: MODELS_DIR, provider: 'auto' });
    if (!loaded.ok) throw new Error(loaded.error.code);
    try {
      if (loaded.value.provider === 'cpu') context.skip('no graphics provider on this machine');
      for (const picture of GOLDEN_PICTURES.slice(0, 3)) {
        const before = recorded.pictures.find(({ name }) => name === picture.name);
        expectSame(await summarise(loaded.value, picture), before!, ELSEWHERE);
      }
    } finally {
      await loaded.value.close();
    }
  });
});
