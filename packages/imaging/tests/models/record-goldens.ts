/**
 * Records the reference values of `goldens.json`. Run by hand when a model or its version changes:
 *
 *     npx node packages/imaging/tests/models/record-goldens.ts
 *
 * The values come from TensorFlow.js's own CPU kernels (bundled with @vladmandic/human), never from
 * the converters: its graph executor runs the face models as they are, and its kernels carry out
 * the TFLite graph operator by operator.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CONVERTIBLE_MODELS, packageFolder } from '../../src/models/catalogue.ts';
import { GOLDEN_SEEDS, type Golden, type GoldenOutput, sampleOutput } from './golden-format.ts';
import { goldenInput } from './golden-input.ts';
import { loadTensorFlow, type TensorFlow } from './tensorflow.ts';
import { runTflite } from './tflite-interpreter.ts';

/** TensorFlow node → published output, repeated here so that a slip in the catalogue shows. */
const HUMAN_MODELS: Record<string, { json: string; outputs: Record<string, string> }> = {
  faceDetection: {
    json: 'blazeface',
    outputs: {
      Identity: 'fineScores',
      Identity_1: 'coarseScores',
      Identity_2: 'fineBoxes',
      Identity_3: 'coarseBoxes',
    },
  },
  faceMesh: { json: 'facemesh', outputs: { Identity_2: 'mesh', Identity_1: 'presence' } },
  iris: { json: 'iris', outputs: { Identity: 'contour' } },
  expression: { json: 'emotion', outputs: { Identity: 'probabilities' } },
  faceEmbedding: { json: 'faceres', outputs: { 'global_pooling/Mean': 'embedding' } },
};

async function loadGraph(tf: TensorFlow, json: string) {
  const folder = path.join(packageFolder('@vladmandic/human'), 'models');
  const model = JSON.parse(readFileSync(path.join(folder, `${json}.json`), 'utf8'));
  const weights = Uint8Array.from(readFileSync(path.join(folder, `${json}.bin`)));
  return tf.loadGraphModel({
    load: async () => ({
      modelTopology: model.modelTopology,
      weightSpecs: model.weightsManifest[0].weights,
      weightData: weights.buffer,
    }),
  });
}

async function recordHuman(tf: TensorFlow, role: string, shape: number[], input: Float32Array) {
  const { json, outputs } = HUMAN_MODELS[role]!;
  const graph = await loadGraph(tf, json);
  const recorded: Record<string, GoldenOutput> = {};
  for (const [node, name] of Object.entries(outputs)) {
    const result = graph.execute(tf.tensor(input, shape), node);
    recorded[name] = sampleOutput(result.dataSync());
  }
  return recorded;
}

async function main(): Promise<void> {
  const tf = await loadTensorFlow();
  const goldens: Golden[] = [];
  for (const { role, input, sources } of CONVERTIBLE_MODELS) {
    const shape = [1, input.height, input.width, input.colour === 'grey' ? 1 : 3];
    const size = shape.reduce((product, length) => product * length, 1);
    for (const seed of GOLDEN_SEEDS) {
      const values = goldenInput(size, input.range, seed);
      const outputs =
        role === 'personMask'
          ? { mask: sampleOutput(runTflite(tf, sources()[0]!, values)) }
          : await recordHuman(tf, role, shape, values);
      goldens.push({ role, seed, outputs });
      console.log(role, seed);
    }
  }
  const file = new URL('./goldens.json', import.meta.url);
  writeFileSync(file, `${JSON.stringify(goldens, null, 1)}\n`);
}

await main();
