import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CONVERTIBLE_MODELS } from '../../src/models/catalogue.ts';
import { convertModels } from '../../src/models/convert-models.ts';
import { MANIFEST_FILE, readVerifiedModels } from '../../src/models/manifest.ts';

let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'gradshot-convert-'));
  const { written } = await convertModels(folder);
  expect(written).toHaveLength(CONVERTIBLE_MODELS.length);
});
afterAll(() => rmSync(folder, { recursive: true }));

it('writes what its manifest promises', async () => {
  const models = await readVerifiedModels(folder);
  expect(models.ok && models.value.map(({ entry }) => entry.role)).toEqual(
    CONVERTIBLE_MODELS.map(({ role }) => role),
  );
});

it('touches nothing when all is up to date', async () => {
  const file = path.join(folder, MANIFEST_FILE);
  const before = statSync(file).mtimeMs;
  expect(await convertModels(folder)).toEqual({ written: [], current: CONVERTIBLE_MODELS.length });
  expect(statSync(file).mtimeMs).toBe(before);
});

it('replaces only a damaged file', async () => {
  const file = path.join(folder, 'iris.onnx');
  const good = readFileSync(file);
  writeFileSync(file, 'damaged');
  expect((await convertModels(folder)).written).toEqual(['iris.onnx']);
  expect(readFileSync(file).equals(good)).toBe(true);
});

it('keeps a model that was dropped in', async () => {
  const file = path.join(folder, MANIFEST_FILE);
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  const { source: _, ...facts } = manifest.models[0];
  const dropped = { ...facts, role: 'matting', file: 'mine.onnx' };
  manifest.models.push(dropped);
  writeFileSync(file, JSON.stringify(manifest));
  await convertModels(folder);
  expect(JSON.parse(readFileSync(file, 'utf8')).models.at(-1)).toEqual(dropped);
});

it('changes nothing when it cannot read the manifest, and says where', async () => {
  const file = path.join(folder, MANIFEST_FILE);
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  delete manifest.models.at(-1).licence;
  const text = JSON.stringify(manifest);
  writeFileSync(file, text);
  await expect(convertModels(folder)).rejects.toThrow('models.6.licence');
  expect(readFileSync(file, 'utf8')).toBe(text);
});
