import {
  appendFileSync,
  copyFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PHOTO_PROFILES } from '@gradshot/domain';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Engine } from '../../src/api.ts';
import { createEngine } from '../../src/engine/create-engine.ts';
import { MANIFEST_FILE, sha256 } from '../../src/models/manifest.ts';
import { OnnxGraph } from '../../src/models/onnx-graph.ts';
import { drawScene, ordinaryScene } from '../../src/robustness/portrait-scene.ts';
import { MODELS_DIR, openTestModels } from '../face/test-models.ts';

const profile = PHOTO_PROFILES[0];
const SIDE = 64;

/** A network to which everything is person. */
function everythingIsPerson(): Uint8Array {
  const graph = new OnnxGraph('everything');
  const picture = graph.input('picture', [1, 3, SIDE, SIDE]);
  const nothing = graph.node('Conv', [picture, graph.floats([1, 3, 1, 1], [0, 0, 0])], {
    kernel_shape: [1, 1],
  });
  graph.output('alpha', graph.node('Add', [nothing, graph.floats([1], [1])]), [1, 1, SIDE, SIDE]);
  return graph.encode();
}

let folder: string;
let source: Uint8Array;
beforeAll(async () => {
  await (await openTestModels()).close();
  folder = mkdtempSync(path.join(tmpdir(), 'gradshot-matting-'));
  const manifest = JSON.parse(readFileSync(path.join(MODELS_DIR, MANIFEST_FILE), 'utf8'));
  for (const { file } of manifest.models) {
    copyFileSync(path.join(MODELS_DIR, file), path.join(folder, file));
  }
  const bytes = everythingIsPerson();
  writeFileSync(path.join(folder, 'everything.onnx'), bytes);
  manifest.models.push({
    role: 'matting',
    file: 'everything.onnx',
    sha256: sha256(bytes),
    version: 'test',
    input: {
      name: 'picture',
      layout: 'NCHW',
      colour: 'rgb',
      width: SIDE,
      height: SIDE,
      range: [-1, 1],
    },
    outputs: [{ name: 'alpha', shape: [1, 1, SIDE, SIDE] }],
    licence: 'CC0-1.0',
    origin: 'made by this test',
  });
  writeFileSync(path.join(folder, MANIFEST_FILE), JSON.stringify(manifest));
  source = await (await drawScene(ordinaryScene(700))).jpeg({ quality: 95 }).toBuffer();
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function open(modelsDir: string): Promise<Engine> {
  const engine = await createEngine({ modelsDir, provider: 'cpu' });
  if (!engine.ok) throw new Error(JSON.stringify(engine.error));
  return engine.value;
}

/** The report, and the photo's upper left corner. */
async function standardize(modelsDir: string) {
  const engine = await open(modelsDir);
  const { report, jpeg } = await engine.standardize(source, { profile });
  await engine.close();
  const corner = await sharp(jpeg)
    .extract({ left: 0, top: 0, width: 16, height: 16 })
    .raw()
    .toBuffer();
  return { report, corner: [...corner.subarray(0, 3)] };
}

/** The wall of the scene and the profile's blue, well apart in red. */
const PALE_RED = 200;

it('cuts out with a matting network that was dropped in, and records it', async () => {
  const usual = await standardize(MODELS_DIR);
  const dropped = await standardize(folder);
  expect(usual.corner[0]).toBeLessThan(PALE_RED);
  expect(dropped.corner[0]).toBeGreaterThan(PALE_RED);
  expect(dropped.report.models).toMatchObject({ matting: expect.any(String) });
  expect(dropped.report.engineVersion).not.toBe(usual.report.engineVersion);
}, 60_000);

it('does not start with one of which a byte was changed', async () => {
  appendFileSync(path.join(folder, 'everything.onnx'), ' ');
  expect(await createEngine({ modelsDir: folder, provider: 'cpu' })).toMatchObject({
    error: { code: 'imaging.modelTampered', details: { file: 'everything.onnx' } },
  });
});
