import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { readHalves } from './half-float.ts';
import { sizeOf } from './tensor-layout.ts';

const attributeSchema = z.looseObject({
  s: z.string().optional(),
  b: z.boolean().optional(),
  list: z
    .looseObject({ i: z.array(z.coerce.number()).optional(), s: z.array(z.string()).optional() })
    .optional(),
  shape: z.looseObject({ dim: z.array(z.looseObject({ size: z.coerce.number() })) }).optional(),
});

const nodeSchema = z.looseObject({
  name: z.string(),
  op: z.string(),
  input: z.array(z.string()).default([]),
  attr: z.record(z.string(), attributeSchema).default({}),
});

const weightSchema = z.object({
  name: z.string(),
  shape: z.array(z.number()),
  dtype: z.enum(['float32', 'int32']),
  quantization: z
    .object({ dtype: z.literal('float16') })
    .loose()
    .optional(),
});

const modelSchema = z.looseObject({
  modelTopology: z.looseObject({ node: z.array(nodeSchema) }),
  weightsManifest: z.array(
    z.looseObject({ paths: z.array(z.string()), weights: z.array(weightSchema) }),
  ),
});

export type TfNode = z.infer<typeof nodeSchema>;
type WeightSpec = z.infer<typeof weightSchema>;
export type TfConstant = {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
};

export type TfjsModel = {
  readonly nodes: ReadonlyMap<string, TfNode>;
  readonly constants: ReadonlyMap<string, TfConstant>;
};

/** Files that a model consists of: the .json first, then its weight files. */
export function tfjsFiles(jsonFile: string): string[] {
  const { weightsManifest } = readTopology(jsonFile);
  const folder = path.dirname(jsonFile);
  return [
    jsonFile,
    ...weightsManifest.flatMap((group) => group.paths.map((p) => path.join(folder, p))),
  ];
}

/** Reads a TensorFlow.js graph model. Throws when it uses a number format that is not known. */
export function readTfjsModel(jsonFile: string): TfjsModel {
  const { modelTopology, weightsManifest } = readTopology(jsonFile);
  const folder = path.dirname(jsonFile);
  const constants = new Map<string, TfConstant>();
  for (const { paths, weights } of weightsManifest) {
    const bytes = Buffer.concat(paths.map((file) => readFileSync(path.join(folder, file))));
    readWeights(bytes, weights, constants);
  }
  return { nodes: new Map(modelTopology.node.map((node) => [node.name, node])), constants };
}

function readTopology(jsonFile: string) {
  return modelSchema.parse(JSON.parse(readFileSync(jsonFile, 'utf8')));
}

function readWeights(bytes: Buffer, specs: readonly WeightSpec[], into: Map<string, TfConstant>) {
  let offset = 0;
  for (const spec of specs) {
    const width = spec.quantization ? 2 : 4;
    const length = sizeOf(spec.shape) * width;
    // A copy, because typed arrays need an aligned start.
    const slice = Uint8Array.from(bytes.subarray(offset, offset + length));
    into.set(spec.name, { shape: spec.shape, data: decodeWeight(slice, spec) });
    offset += length;
  }
  if (offset !== bytes.length) {
    throw new Error(`weights take ${offset} bytes, the file has ${bytes.length}`);
  }
}

function decodeWeight(bytes: Uint8Array, spec: WeightSpec): Float32Array | Int32Array {
  if (spec.quantization) return readHalves(bytes, sizeOf(spec.shape));
  if (spec.dtype === 'int32') return new Int32Array(bytes.buffer);
  return new Float32Array(bytes.buffer);
}
