import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { calibrate, scorePairs } from '../../src/calibration/calibrate.ts';
import { embedRoster, listRoster } from '../../src/calibration/read-roster.ts';
import type { LoadedModels } from '../../src/runtime/load-models.ts';
import { samplePicture, samplePortrait } from '../face/sample-pictures.ts';
import { openTestModels } from '../face/test-models.ts';

let models: LoadedModels;
let folder: string;
beforeAll(async () => {
  models = await openTestModels();
  folder = await mkdtemp(path.join(tmpdir(), 'roster-'));
  const first = await samplePortrait();
  const second = await samplePicture(6)
    .extract({ left: 130, top: 420, width: 420, height: 480 })
    .png()
    .toBuffer();
  await mkdir(path.join(folder, 'second'));
  await sharp(first).jpeg().toFile(path.join(folder, 'first_admission.jpg'));
  await sharp(first).resize(150).jpeg({ quality: 70 }).toFile(path.join(folder, 'first_2026.JPG'));
  await sharp(second)
    .webp()
    .toFile(path.join(folder, 'second', 'a.webp'));
  await writeFile(path.join(folder, 'second', 'b.png'), 'no picture');
  await mkdir(path.join(folder, 'second', 'c.heic'));
  await writeFile(path.join(folder, 'notes.txt'), 'not looked at');
});
afterAll(async () => {
  await models.close();
  await rm(folder, { recursive: true });
});

it('reads a roster of folders and of names, and scores its pairs', async () => {
  const pictures = await listRoster(folder);
  expect(pictures.map(({ person }) => person)).toEqual([
    'first',
    'first',
    'second',
    'second',
    'second',
  ]);
  const { entries, left } = await embedRoster(models, pictures);
  expect(left).toEqual([
    { file: path.join(folder, 'second', 'b.png'), code: 'photo.notAnImage' },
    { file: path.join(folder, 'second', 'c.heic'), code: 'photo.unreadable' },
  ]);
  const { same, different } = scorePairs(entries);
  expect(same).toHaveLength(1);
  expect(different).toHaveLength(2);
  expect(same[0]!).toBeGreaterThan(Math.max(...different));
  expect(calibrate({ same, different }, 'test')).toMatchObject({ fitted: false, samePairs: 1 });
});
