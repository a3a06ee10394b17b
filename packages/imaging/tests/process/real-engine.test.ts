import { PHOTO_PROFILES } from '@gradshot/domain';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createImagingProcess, type ImagingProcess } from '../../src/process/client.ts';
import { forkImagingChild } from '../../src/process/imaging-child.ts';
import { samplePicture, samplePortrait } from '../face/sample-pictures.ts';
import { MODELS_DIR, openTestModels } from '../face/test-models.ts';

const profile = PHOTO_PROFILES[0];
let imaging: ImagingProcess;
beforeAll(async () => {
  // Converts the models where that has not been done yet.
  await (await openTestModels()).close();
  imaging = createImagingProcess({
    spawn: () => forkImagingChild(),
    engine: { modelsDir: MODELS_DIR, provider: 'cpu' },
  });
  expect(await imaging.ready()).toMatchObject({ ok: true, value: { provider: 'cpu' } });
});
afterAll(() => imaging.close());

it('guides with the real engine', async () => {
  const frame = await sharp(await samplePortrait())
    .jpeg()
    .toBuffer();
  expect(await imaging.guide(frame, profile)).toMatchObject({ faces: 1 });
});

it('refuses a group with its reason', async () => {
  const group = await samplePicture(6).jpeg().toBuffer();
  const { report } = await imaging.standardize(group, { profile });
  expect(report.accepted).toBe(false);
  expect(report.reason?.code).toMatch(/severalFaces|face\.count/);
  expect(Object.keys(report.models)).toContain('faceMesh');
});

it('survives being killed while it works on a photo', async () => {
  const group = await samplePicture(6).jpeg().toBuffer();
  const job = imaging.standardize(group, {
    profile,
    onProgress: () => {
      if (imaging.health().restarts === 0) process.kill(imaging.health().pid!, 'SIGKILL');
    },
  });
  const { report } = await job;
  expect(report.reason?.code).toMatch(/severalFaces|face\.count/);
  expect(imaging.health()).toMatchObject({ restarts: 1, lastCrash: 'SIGKILL', state: 'ready' });
});
