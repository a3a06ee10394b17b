import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { ModelInput, RequiredRole } from './manifest.ts';
import type { OnnxGraph } from './onnx-graph.ts';
import { readTfjsModel, tfjsFiles } from './tfjs-model.ts';
import { convertTfjs, type OutputNames } from './tfjs-to-onnx.ts';
import { readTfliteModel } from './tflite-model.ts';
import { convertTflite } from './tflite-to-onnx.ts';

/** A network that an npm dependency ships in another format and that is converted at build. */
export type ConvertibleModel = {
  readonly role: RequiredRole;
  /** File in the models folder. */
  readonly file: string;
  readonly version: string;
  readonly input: ModelInput;
  readonly licence: string;
  readonly origin: string;
  /** Absolute paths of the files that the network is made from. */
  readonly sources: () => readonly string[];
  readonly convert: () => OnnxGraph;
};

const require = createRequire(import.meta.url);

/** Folder of an installed package, found from its entry point (`exports` hides the rest). */
export function packageFolder(name: string): string {
  let folder = path.dirname(require.resolve(name));
  while (!existsSync(path.join(folder, 'package.json'))) folder = path.dirname(folder);
  return folder;
}

const HUMAN = '@vladmandic/human';
const MEDIAPIPE_LICENCE = 'Apache-2.0 (Google MediaPipe), packaged under MIT';

type HumanModel = Pick<ConvertibleModel, 'role' | 'file' | 'version' | 'licence' | 'origin'> & {
  readonly name: string;
  readonly size: number;
  readonly colour?: 'grey';
  readonly range: readonly [number, number];
  readonly outputs: OutputNames;
};

function humanModel({
  name,
  size,
  colour,
  range,
  outputs,
  ...facts
}: HumanModel): ConvertibleModel {
  const json = () => path.join(packageFolder(HUMAN), 'models', `${name}.json`);
  return {
    ...facts,
    input: {
      name: 'input',
      layout: 'NCHW',
      colour: colour ?? 'rgb',
      width: size,
      height: size,
      range: [...range],
    },
    sources: () => tfjsFiles(json()),
    convert: () => convertTfjs(name, readTfjsModel(json()), outputs),
  };
}

const SELFIE_PACKAGE = '@mediapipe/selfie_segmentation';
const selfieFile = () => require.resolve(`${SELFIE_PACKAGE}/selfie_segmentation.tflite`);

const PERSON_MASK: ConvertibleModel = {
  role: 'personMask',
  file: 'person-mask.onnx',
  version: 'selfie_segmentation 0.1.1675465747',
  licence: 'Apache-2.0 (Google MediaPipe)',
  origin: `npm:${SELFIE_PACKAGE}/selfie_segmentation.tflite`,
  input: { name: 'input', layout: 'NCHW', colour: 'rgb', width: 256, height: 256, range: [0, 1] },
  sources: () => [selfieFile()],
  convert: () => convertTflite('selfie_segmentation', readTfliteModel(selfieFile()), 'mask'),
};

/**
 * The networks in use. Heads that the product does not need are left out at conversion, above all
 * the age and gender estimates of `faceres`: what is not computed cannot leak.
 */
export const CONVERTIBLE_MODELS: readonly ConvertibleModel[] = [
  humanModel({
    role: 'faceDetection',
    name: 'blazeface',
    file: 'face-detection.onnx',
    version: 'blazeface-back, human 3.3.6',
    size: 256,
    range: [-1, 1],
    // 512 anchors on the 16 × 16 grid's finer levels, 384 on the coarser ones.
    outputs: {
      Identity: 'fineScores',
      Identity_1: 'coarseScores',
      Identity_2: 'fineBoxes',
      Identity_3: 'coarseBoxes',
    },
    licence: MEDIAPIPE_LICENCE,
    origin: `npm:${HUMAN}/models/blazeface.json (https://github.com/google/mediapipe)`,
  }),
  humanModel({
    role: 'faceMesh',
    name: 'facemesh',
    file: 'face-mesh.onnx',
    version: 'facemesh, human 3.3.6',
    size: 192,
    range: [0, 1],
    outputs: { Identity_2: 'mesh', Identity_1: 'presence' },
    licence: MEDIAPIPE_LICENCE,
    origin: `npm:${HUMAN}/models/facemesh.json (https://github.com/google/mediapipe)`,
  }),
  humanModel({
    role: 'iris',
    name: 'iris',
    file: 'iris.onnx',
    version: 'iris, human 3.3.6',
    size: 64,
    range: [0, 1],
    outputs: { Identity: 'contour' },
    licence: MEDIAPIPE_LICENCE,
    origin: `npm:${HUMAN}/models/iris.json (https://github.com/google/mediapipe)`,
  }),
  humanModel({
    role: 'expression',
    name: 'emotion',
    file: 'expression.onnx',
    version: 'emotion, human 3.3.6',
    size: 64,
    colour: 'grey',
    range: [-1, 1],
    outputs: { Identity: 'probabilities' },
    licence: 'MIT; trained on FER-2013, whose pictures are for research: review before sale',
    origin: `npm:${HUMAN}/models/emotion.json (https://github.com/oarriaga/face_classification)`,
  }),
  humanModel({
    role: 'faceEmbedding',
    name: 'faceres',
    file: 'face-embedding.onnx',
    version: 'faceres, human 3.3.6',
    size: 224,
    range: [0, 255],
    outputs: { 'global_pooling/Mean': 'embedding' },
    licence: 'Apache-2.0; trained on VGGFace2, whose pictures are for research: review before sale',
    origin: `npm:${HUMAN}/models/faceres.json (https://github.com/HSE-asavchenko/HSE_FaceRec_tf)`,
  }),
  PERSON_MASK,
];
