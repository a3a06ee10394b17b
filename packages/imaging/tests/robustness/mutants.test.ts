import { PHOTO_PROFILES } from '@gradshot/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createImagingProcess, type ImagingProcess } from '../../src/process/client.ts';
import { forkImagingChild } from '../../src/process/imaging-child.ts';
import { runCampaign, type Verdict } from '../../src/robustness/campaign.ts';
import { MUTATIONS, makeMutant } from '../../src/robustness/mutants.ts';
import { makeSeeds, type Seed } from '../../src/robustness/seeds.ts';
import { MODELS_DIR, openTestModels } from '../face/test-models.ts';

/** `npm run bench:robustness -- --count 10000` runs more of the same. */
const COUNT = 100;
const profile = PHOTO_PROFILES[0];

let seeds: Seed[];
let imaging: ImagingProcess;
beforeAll(async () => {
  // converts the models where that has not been done yet
  await (await openTestModels()).close();
  seeds = await makeSeeds(300);
  imaging = createImagingProcess({
    spawn: () => forkImagingChild(),
    engine: { modelsDir: MODELS_DIR, provider: 'cpu' },
  });
  expect(await imaging.ready()).toMatchObject({ ok: true });
});
afterAll(() => imaging.close());

describe('whole files of every encoding', () => {
  it('are read as far as a face or a photo', async () => {
    for (const { bytes, name } of seeds) {
      const { report } = await imaging.standardize(bytes, { profile });
      const expected = name.startsWith('heic') ? /^imaging\.noFace$/ : /^(?!photo\.|imaging\.)/;
      expect(report.reason?.code ?? '', name).toMatch(expected);
    }
  });
});

describe('damaged files', () => {
  it('are the same every time', () => {
    for (const number of [1, 2, 3, 50]) {
      expect(makeMutant(seeds, number)).toEqual(makeMutant(seeds, number));
    }
  });

  it('end with a photo or a code, and leave the process alive', { timeout: 180_000 }, async () => {
    const verdicts: Verdict[] = [];
    const onVerdict = (verdict: Verdict) => verdicts.push(verdict);
    await runCampaign([imaging], { seeds, first: 0, count: COUNT, profile, onVerdict });
    // how long a file takes is the bench's business: test machines are busy
    const faults = verdicts.filter(({ fault }) => fault && !fault.startsWith('took'));
    expect(faults).toEqual([]);
    expect(imaging.health()).toMatchObject({ restarts: 0, state: 'ready' });
    expect(new Set(verdicts.map(({ mutation }) => mutation)).size).toBeGreaterThan(
      MUTATIONS.length - 4,
    );
    expect(new Set(verdicts.map(({ code }) => code)).size).toBeGreaterThan(5);
  });

  it('never make the preview’s guidance fail', async () => {
    for (let number = 0; number < 25; number++) {
      const guidance = await imaging.guide(makeMutant(seeds, number).bytes, profile);
      expect(guidance.state === 'ready' && guidance.faces !== 1).toBe(false);
    }
    expect(imaging.health().restarts).toBe(0);
  });
});
