import { readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { MANIFEST_FILE, modelVersion } from '../../src/models/manifest.ts';
import { OnnxGraph } from '../../src/models/onnx-graph.ts';
import { loadModels } from '../../src/runtime/load-models.ts';
import { estimateAlpha } from '../../src/segmentation/matting-network.ts';
import { type TinyModel, writeManifest, writeTinyModels } from './tiny-models.ts';

let folder = '';
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const readManifestFile = () => JSON.parse(readFileSync(path.join(folder, MANIFEST_FILE), 'utf8'));

async function load() {
  return loadModels({ modelsDir: folder, provider: 'cpu', threads: 1 });
}

async function loadedModels() {
  const loaded = await load();
  if (!loaded.ok) throw new Error(loaded.error.code);
  return loaded.value;
}

describe('loading models', () => {
  it('opens every role and reports its version', async () => {
    folder = writeTinyModels();
    const models = await loadedModels();
    const [entry] = readManifestFile().models;
    expect(models.versions.faceDetection).toBe(modelVersion(entry));
    expect(models.matting).toBeUndefined();
    const { echo } = await models.networks.iris.run(Float32Array.from({ length: 12 }, (_, i) => i));
    expect(Array.from(echo!)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    await models.close();
  });

  it('refuses a folder without a manifest', async () => {
    folder = writeTinyModels();
    unlinkSync(path.join(folder, MANIFEST_FILE));
    expect(await load()).toEqual({
      ok: false,
      error: { code: 'imaging.modelMissing', details: { file: MANIFEST_FILE } },
    });
  });

  it('names a missing model file', async () => {
    folder = writeTinyModels();
    unlinkSync(path.join(folder, 'iris.onnx'));
    expect(await load()).toMatchObject({
      error: { code: 'imaging.modelMissing', details: { file: 'iris.onnx' } },
    });
  });

  it('names a model file of which one bit was changed', async () => {
    folder = writeTinyModels();
    const file = path.join(folder, 'faceMesh.onnx');
    const bytes = readFileSync(file);
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(file, bytes);
    expect(await load()).toMatchObject({
      error: { code: 'imaging.modelTampered', details: { file: 'faceMesh.onnx' } },
    });
  });

  it.each([
    ['is not JSON', () => '{'],
    ['lacks a role', () => ({ ...readManifestFile(), models: readManifestFile().models.slice(1) })],
    [
      'names a role twice',
      () => {
        const manifest = readManifestFile();
        return { ...manifest, models: [...manifest.models, manifest.models[0]] };
      },
    ],
    [
      'points out of its folder',
      () => {
        const manifest = readManifestFile();
        manifest.models[0].file = '../evil.onnx';
        return manifest;
      },
    ],
  ])('refuses a manifest that %s', async (_, make) => {
    folder = writeTinyModels();
    writeManifest(folder, make());
    expect(await load()).toMatchObject({
      error: { code: 'imaging.modelTampered', details: { file: MANIFEST_FILE } },
    });
  });
});

const WIDTH = 4;
const HEIGHT = 2;

/** Alpha = (red + extra input) of the normalised picture; `logits` leaves the sigmoid to us. */
function mattingModel(options: { nhwc?: boolean; logits?: boolean; ratio?: number }): TinyModel {
  const graph = new OnnxGraph('matting');
  const shape = options.nhwc ? [1, HEIGHT, WIDTH, 3] : [1, 3, HEIGHT, WIDTH];
  let value = graph.input('picture', shape);
  if (options.nhwc) value = graph.node('Transpose', [value], { perm: [0, 3, 1, 2] });
  const onlyRed = graph.floats([1, 3, 1, 1], [1, 0, 0]);
  value = graph.node('Conv', [value, onlyRed], { kernel_shape: [1, 1] });
  if (options.ratio !== undefined) value = graph.node('Add', [value, graph.input('ratio', [1])]);
  graph.output('alpha', value, [1, 1, HEIGHT, WIDTH]);
  return {
    bytes: graph.encode(),
    entry: {
      role: 'matting',
      file: 'matting.onnx',
      input: {
        name: 'picture',
        layout: options.nhwc ? 'NHWC' : 'NCHW',
        colour: 'bgr',
        width: WIDTH,
        height: HEIGHT,
        range: [0, 1],
        mean: [0.5, 0, 0],
        deviation: [0.25, 1, 1],
      },
      ...(options.ratio === undefined
        ? {}
        : { extraInputs: [{ name: 'ratio', shape: [1], fill: options.ratio }] }),
      outputs: [
        {
          name: 'alpha',
          shape: [1, 1, HEIGHT, WIDTH],
          activation: options.logits ? 'sigmoid' : 'none',
        },
      ],
    },
  };
}

/** Blue rises from left to right; red and green are noise that must not be read. */
function blueRamp() {
  const data = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let i = 0; i < WIDTH * HEIGHT; i++) data.set([77, 200, 64 * (i % WIDTH)], 3 * i);
  return { data, width: WIDTH, height: HEIGHT };
}

async function matte(model: TinyModel): Promise<number[]> {
  folder = writeTinyModels([model]);
  const models = await loadedModels();
  const result = await estimateAlpha(models, blueRamp());
  await models.close();
  expect(result).toMatchObject({ width: WIDTH, height: HEIGHT });
  return Array.from(result!.alpha.subarray(0, WIDTH));
}

/** The first channel in BGR order is blue: normalised to (b / 255 − 0.5) ÷ 0.25. */
const NORMALISED = [0, 64, 128, 192].map((blue) => (blue / 255 - 0.5) / 0.25);
const clamp = (value: number) => Math.min(1, Math.max(0, value));

function expectClose(actual: readonly number[], expected: readonly number[]) {
  expected.forEach((value, i) => {
    expect(actual[i]).toBeCloseTo(value, 5);
  });
}

describe('a matting model that was dropped in', () => {
  it.each([false, true])('gets the layout it asks for (NHWC: %s)', async (nhwc) => {
    expectClose(await matte(mattingModel({ nhwc })), NORMALISED.map(clamp));
  });

  it('has its logits turned into coverage', async () => {
    const expected = NORMALISED.map((value) => 1 / (1 + Math.exp(-value)));
    expectClose(await matte(mattingModel({ logits: true })), expected);
  });

  it('gets its constant inputs', async () => {
    const expected = NORMALISED.map((value) => clamp(value + 0.25));
    expectClose(await matte(mattingModel({ ratio: 0.25 })), expected);
  });

  it('is absent when the manifest names none', async () => {
    folder = writeTinyModels();
    const models = await loadedModels();
    expect(await estimateAlpha(models, blueRamp())).toBeUndefined();
    await models.close();
  });
});
