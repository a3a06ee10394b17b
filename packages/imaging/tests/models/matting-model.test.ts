import { rmSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { OnnxGraph } from '../../src/models/onnx-graph.ts';
import { loadModels } from '../../src/runtime/load-models.ts';
import { estimateAlpha } from '../../src/segmentation/matting-network.ts';
import { type TinyModel, writeTinyModels } from './tiny-models.ts';

let folder = '';
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function load() {
  return loadModels({ modelsDir: folder, provider: 'cpu', threads: 1 });
}

async function loadedModels() {
  const loaded = await load();
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  return loaded.value;
}

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

const PLANE = [1, 1, HEIGHT, WIDTH];

/** A single-channel plane of the picture's red, and the graph it is in. */
function redOf(name: string) {
  const graph = new OnnxGraph(name);
  const picture = graph.input('src', [1, 3, HEIGHT, WIDTH]);
  const red = graph.node('Conv', [picture, graph.floats([1, 3, 1, 1], [1, 0, 0])], {
    kernel_shape: [1, 1],
  });
  return { graph, red };
}

const PICTURE = {
  name: 'src',
  layout: 'NCHW',
  colour: 'bgr',
  width: WIDTH,
  height: HEIGHT,
  range: [0, 1],
} as const;

const BLUE = [0, 64, 128, 192].map((blue) => blue / 255);

/**
 * In the manner of Robust Video Matting: the foreground comes before the matte, a state goes round,
 * and a ratio is an input. Each pass adds `ratio` × picture to the state; the matte is the state.
 */
function recurrentModel(passes?: number): TinyModel {
  const { graph, red } = redOf('recurrent');
  const state = graph.input('r1i', [1, 1, -1, -1]);
  const part = graph.node('Mul', [red, graph.input('downsample_ratio', [1])]);
  const next = graph.node('Add', [part, state]);
  graph.output('fgr', 'src', [1, 3, HEIGHT, WIDTH]);
  graph.output('pha', next, PLANE);
  graph.output('r1o', next, PLANE);
  return {
    bytes: graph.encode(),
    entry: {
      role: 'matting',
      file: 'rvm.onnx',
      input: { ...PICTURE, range: [0, 1] },
      extraInputs: [
        { name: 'r1i', shape: [1, 1, 1, 1], fill: 0, from: 'r1o' },
        { name: 'downsample_ratio', shape: [1], fill: 0.25 },
      ],
      ...(passes === undefined ? {} : { passes }),
      outputs: [{ name: 'pha', shape: PLANE, activation: 'none' }],
    },
  };
}

/** In the manner of ISNet: values of any range at half the size, of which only the order counts. */
function stretchedModel(): TinyModel {
  const { graph, red } = redOf('stretched');
  const half = graph.node('MaxPool', [red], { kernel_shape: [2, 2], strides: [2, 2] });
  const shape = [1, 1, HEIGHT / 2, WIDTH / 2];
  graph.output('d0', graph.node('Mul', [half, graph.floats([1], [40])]), shape);
  return {
    bytes: graph.encode(),
    entry: {
      role: 'matting',
      file: 'isnet.onnx',
      input: { ...PICTURE, range: [-0.5, 0.5] },
      outputs: [{ name: 'd0', shape, activation: 'stretch' }],
    },
  };
}

/** Logits of background and person, channels last. */
function twoChannelModel(): TinyModel {
  const { graph, red } = redOf('two');
  const both = graph.node('Concat', [graph.node('Neg', [red]), red], { axis: 1 });
  const last = graph.node('Transpose', [both], { perm: [0, 2, 3, 1] });
  const shape = [1, HEIGHT, WIDTH, 2];
  graph.output('logits', last, shape);
  return {
    bytes: graph.encode(),
    entry: {
      role: 'matting',
      file: 'two.onnx',
      input: { ...PICTURE, range: [0, 1] },
      outputs: [{ name: 'logits', shape, layout: 'NHWC', activation: 'softmax' }],
    },
  };
}

describe('a matting model of another family', () => {
  it.each([undefined, 1, 3])('goes round with its states (passes: %s)', async (passes) => {
    const expected = BLUE.map((blue) => clamp(0.25 * (passes ?? 1) * blue));
    expectClose(await matte(recurrentModel(passes)), expected);
  });

  it('may answer at a size and in a range of its own', async () => {
    folder = writeTinyModels([stretchedModel()]);
    const models = await loadedModels();
    const result = await estimateAlpha(models, blueRamp());
    await models.close();
    expect(result).toMatchObject({ width: WIDTH / 2, height: HEIGHT / 2 });
    expectClose(Array.from(result!.alpha), [0, 1]);
  });

  it('may answer with logits of two channels', async () => {
    const expected = BLUE.map((blue) => 1 / (1 + Math.exp(-2 * blue)));
    expectClose(await matte(twoChannelModel()), expected);
  });

  it.each<[string, (model: TinyModel) => object]>([
    [
      'the manifest does not name the input downsample_ratio',
      ({ entry }) => ({ extraInputs: entry.extraInputs!.slice(0, 1) }),
    ],
    [
      'it has no output r9o',
      ({ entry }) => ({
        extraInputs: entry.extraInputs!.map((extra) => ({ ...extra, from: 'r9o' })),
      }),
    ],
    [
      'is int64[1] in the manifest',
      ({ entry }) => ({
        extraInputs: [entry.extraInputs![0]!, { ...entry.extraInputs![1]!, type: 'int64' }],
      }),
    ],
    [
      'the matte fgr has 24 values',
      () => ({ outputs: [{ name: 'fgr', shape: [1, 3, 2, 4], activation: 'none' }] }),
    ],
    ['so it needs an activation', () => ({ input: { ...PICTURE, range: [0, 255] } })],
  ])('is refused at the start: %s', async (why, spoil) => {
    const model = recurrentModel();
    const entry = { ...model.entry, ...spoil(model) };
    folder = writeTinyModels([{ ...model, entry }]);
    expect(await load()).toMatchObject({
      error: {
        code: 'imaging.modelUnusable',
        details: { file: 'rvm.onnx', why: expect.stringContaining(why) },
      },
    });
  });
});
