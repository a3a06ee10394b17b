/**
 * Times one peer and prints JSON; started by `bench:imaging --compare`:
 *
 *     node peer-process.ts NAME FOLDER PICTURE
 *
 * Peers come without types for what is used here, so they are described by hand.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { median, tenths } from './statistics.ts';

const WARM_UP = 1;
const RUNS = 5;
/** What the face networks get, as in the product's own floor. */
const SIZE = { width: 1200, height: 1600 };

const [name = '', folder = '', picture = ''] = process.argv.slice(2);
/** Of the peers' folder; under a name of its own, for they are nobody's dependencies. */
const load = createRequire(pathToFileURL(path.join(folder, 'x.js')));

type Work = () => Promise<unknown>;

type Tensors = {
  setWasmPaths(folder: string): void;
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
  tensor(values: Float32Array, shape: readonly number[]): object;
  tensor3d(values: Uint8Array, shape: readonly number[], type: string): object;
  dispose(tensor: object): void;
};

/** Folder of a package in the peers' folder, also of one that hides its package.json. */
function folderOf(wanted: string): string {
  const places = load.resolve.paths(wanted) ?? [];
  const found = places.map((place) => path.join(place, wanted)).find((at) => existsSync(at));
  if (!found) throw new Error(`${wanted} is not installed`);
  return found;
}

const wasmFolder = () => `${path.join(folderOf('@tensorflow/tfjs-backend-wasm'), 'wasm-out')}/`;

async function decode() {
  const { data, info } = await sharp(picture)
    .resize({ ...SIZE, fit: 'fill' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, shape: [info.height, info.width, 3] };
}

type Human = {
  readonly tf: Tensors;
  load(): Promise<void>;
  detect(picture: object): Promise<{ face: unknown[] }>;
};

async function openHuman(): Promise<Work> {
  const at = folderOf('@vladmandic/human');
  readFilesByFetch();
  const { Human } = load(path.join(at, 'dist/human.node-wasm.js')) as {
    Human: new (options: object) => Human;
  };
  const off = { enabled: false };
  const human = new Human({
    backend: 'wasm',
    wasmPath: wasmFolder(),
    modelBasePath: pathToFileURL(path.join(at, 'models/')).href,
    face: { description: off },
    ...{ body: off, hand: off, gesture: off, object: off },
  });
  await human.load();
  return async () => {
    const { data, shape } = await decode();
    const tensor = human.tf.tensor(new Float32Array(data), [1, ...shape]);
    const { face } = await human.detect(tensor);
    human.tf.dispose(tensor);
    if (face.length !== 1) throw new Error(`error: ${face.length} faces`);
  };
}

/** Its loader asks `fetch` for models on disk. */
function readFilesByFetch(): void {
  const web = globalThis.fetch;
  globalThis.fetch = async (from, options) => {
    const address = String(from);
    if (!address.startsWith('file:')) return web(from, options);
    return new Response(new Uint8Array(await readFile(fileURLToPath(address))));
  };
}

type Network = { loadFromDisk(folder: string): Promise<void> };
type FaceApi = {
  readonly tf: Tensors;
  readonly nets: Readonly<
    Record<'ssdMobilenetv1' | 'faceLandmark68Net' | 'faceExpressionNet', Network>
  >;
  detectAllFaces(picture: object): {
    withFaceLandmarks(): { withFaceExpressions(): Promise<unknown[]> };
  };
};

async function openFaceApi(): Promise<Work> {
  const at = folderOf('@vladmandic/face-api');
  (load('@tensorflow/tfjs-backend-wasm') as Tensors).setWasmPaths(wasmFolder());
  const api = load(path.join(at, 'dist/face-api.node-wasm.js')) as FaceApi;
  await api.tf.setBackend('wasm');
  await api.tf.ready();
  const { ssdMobilenetv1, faceLandmark68Net, faceExpressionNet } = api.nets;
  for (const network of [ssdMobilenetv1, faceLandmark68Net, faceExpressionNet]) {
    await network.loadFromDisk(path.join(at, 'model'));
  }
  return async () => {
    const { data, shape } = await decode();
    const tensor = api.tf.tensor3d(new Uint8Array(data), shape, 'int32');
    const faces = await api.detectAllFaces(tensor).withFaceLandmarks().withFaceExpressions();
    api.tf.dispose(tensor);
    if (faces.length !== 1) throw new Error(`error: ${faces.length} faces`);
  };
}

async function openImgly(): Promise<Work> {
  const { removeBackground } = load('@imgly/background-removal-node') as {
    removeBackground(picture: Blob): Promise<Blob>;
  };
  const bytes = new Uint8Array(await readFile(picture));
  return () => removeBackground(new Blob([bytes], { type: 'image/jpeg' }));
}

const OPEN: Readonly<Record<string, () => Promise<Work>>> = {
  '@vladmandic/human': openHuman,
  '@vladmandic/face-api': openFaceApi,
  '@imgly/background-removal-node': openImgly,
};

const work = await OPEN[name]!();
const times: number[] = [];
for (let run = -WARM_UP; run < RUNS; run++) {
  const started = performance.now();
  await work();
  if (run >= 0) times.push(performance.now() - started);
}
const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
console.log(JSON.stringify({ medianMs: tenths(median(times)), peakMb }));
process.exit(0);
