import { readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { MANIFEST_FILE, type ModelEntry, modelVersion, sha256 } from '../../src/models/manifest.ts';
import { loadModels } from '../../src/runtime/load-models.ts';
import { writeManifest, writeTinyModels } from './tiny-models.ts';

type Entry = { -readonly [K in keyof ModelEntry]: ModelEntry[K] };
type Manifest = { models: Entry[] };

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

  it('gives a model that is fed otherwise another version, also a converted one', async () => {
    folder = writeTinyModels();
    const manifest: Manifest = readManifestFile();
    for (const entry of manifest.models) entry.source = '0'.repeat(64);
    writeManifest(folder, manifest);
    const before = await loadedModels();
    await before.close();
    const face = manifest.models.find(({ role }) => role === 'faceMesh')!;
    face.input = { ...face.input, range: [-1, 1] };
    writeManifest(folder, manifest);
    const after = await loadedModels();
    await after.close();
    expect(after.versions.faceMesh).not.toBe(before.versions.faceMesh);
    expect(after.versions.iris).toBe(before.versions.iris);
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

  it.each<[string, string, (manifest: Manifest) => unknown]>([
    ['is not JSON', 'it is not JSON', () => '{'],
    ['is no object', 'expected object', () => '[]'],
    ['lacks a role', 'no model has the role faceDetection', (m) => m.models.shift()],
    [
      'names a role twice',
      'two models have the role faceDetection',
      (m) => m.models.push(m.models[0]!),
    ],
    [
      'points out of its folder',
      'models.0.file',
      (m) => Object.assign(m.models[0]!, { file: '../evil.onnx' }),
    ],
    ['names no licence', 'models.1.licence', (m) => Object.assign(m.models[1]!, { licence: '' })],
    [
      'has a licence that is no text',
      'models.1.licence',
      (m) => Object.assign(m.models[1]!, { licence: 7 }),
    ],
    [
      'has a word that nobody knows',
      'Unrecognized key: "rôle"',
      (m) => Object.assign(m.models[2]!, { rôle: 1 }),
    ],
  ])('refuses a manifest that %s, and says where', async (_, why, spoil) => {
    folder = writeTinyModels();
    const manifest = readManifestFile() as Manifest;
    const spoilt = spoil(manifest);
    if (typeof spoilt === 'string') writeFileSync(path.join(folder, MANIFEST_FILE), spoilt);
    else writeManifest(folder, manifest);
    expect(await load()).toMatchObject({
      error: {
        code: 'imaging.modelUnusable',
        details: { file: MANIFEST_FILE, why: expect.stringContaining(why) },
      },
    });
  });

  it.each<[string, string, (entry: Entry) => unknown]>([
    [
      'another layout',
      'input float32[1, 3, 2, 2] is float32[1, 2, 2, 3]',
      (e) => Object.assign(e.input, { layout: 'NHWC' }),
    ],
    ['another size', 'is float32[1, 3, 8, 2]', (e) => Object.assign(e.input, { height: 8 })],
    [
      'another input',
      'the manifest does not name the input',
      (e) => Object.assign(e.input, { name: 'x' }),
    ],
    [
      'an output that is not there',
      'it has no output mask',
      (e) => Object.assign(e.outputs[0]!, { name: 'mask' }),
    ],
    [
      'another output shape',
      'the output echo',
      (e) => Object.assign(e.outputs[0]!, { shape: [1, 3, 2, 5] }),
    ],
  ])('refuses an entry with %s than the network has', async (_, why, spoil) => {
    folder = writeTinyModels();
    const manifest = readManifestFile() as Manifest;
    spoil(manifest.models[2]!);
    writeManifest(folder, manifest);
    expect(await load()).toMatchObject({
      error: {
        code: 'imaging.modelUnusable',
        details: { file: 'iris.onnx', why: expect.stringContaining(why) },
      },
    });
  });

  it('refuses a file that is no network, though its digest is right', async () => {
    folder = writeTinyModels();
    const manifest = readManifestFile() as Manifest;
    const bytes = Buffer.from('no network');
    writeFileSync(path.join(folder, 'iris.onnx'), bytes);
    Object.assign(manifest.models[2]!, { sha256: sha256(bytes) });
    writeManifest(folder, manifest);
    expect(await load()).toMatchObject({
      error: { code: 'imaging.modelUnusable', details: { file: 'iris.onnx' } },
    });
  });
});
