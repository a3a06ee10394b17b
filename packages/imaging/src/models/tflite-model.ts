import { readFileSync } from 'node:fs';
import { readHalves } from './half-float.ts';
import { sizeOf } from './tensor-layout.ts';
import { FlatTable } from './tflite-table.ts';

/**
 * Field numbers of the TFLite schema, version 3:
 * https://github.com/tensorflow/tensorflow/blob/v2.16.1/tensorflow/compiler/mlir/lite/schema/schema.fbs
 */
const MODEL = { operatorCodes: 1, subgraphs: 2, buffers: 4 } as const;
const OPERATOR_CODE = { legacyBuiltin: 0, custom: 1, builtin: 3 } as const;
const SUBGRAPH = { tensors: 0, inputs: 1, outputs: 2, operators: 3 } as const;
const TENSOR = { shape: 0, type: 1, buffer: 2 } as const;
const OPERATOR = { code: 0, inputs: 1, outputs: 2, options: 4, custom: 5 } as const;

/** `BuiltinOperator` numbers of the operators that can be converted. */
const BUILTINS: Readonly<Record<number, string>> = {
  0: 'ADD',
  1: 'AVERAGE_POOL_2D',
  3: 'CONV_2D',
  4: 'DEPTHWISE_CONV_2D',
  6: 'DEQUANTIZE',
  14: 'LOGISTIC',
  18: 'MUL',
  19: 'RELU',
  23: 'RESIZE_BILINEAR',
  40: 'MEAN',
  117: 'HARD_SWISH',
};

/** `TensorType` numbers with their decoders. */
const DECODERS: Readonly<Record<number, (bytes: Uint8Array, count: number) => TfliteData>> = {
  0: (bytes) => new Float32Array(bytes.buffer),
  1: readHalves,
  2: (bytes) => new Int32Array(bytes.buffer),
};

type TfliteData = Float32Array | Int32Array;

export type TfliteTensor = {
  /** NHWC. */
  readonly shape: readonly number[];
  /** Present when the tensor is a constant. */
  readonly data?: TfliteData;
};

export type TfliteOperator = {
  readonly op: string;
  readonly inputs: readonly number[];
  readonly output: number;
  /** The operator's own option table, read by field number. */
  readonly options: FlatTable | undefined;
  readonly customOptions: Uint8Array;
};

export type TfliteModel = {
  readonly tensors: readonly TfliteTensor[];
  readonly operators: readonly TfliteOperator[];
  readonly input: number;
  readonly output: number;
};

/** Reads a TFLite file with one subgraph, one input and one output. */
export function readTfliteModel(file: string): TfliteModel {
  const model = FlatTable.root(readFileSync(file));
  const codes = model.tables(MODEL.operatorCodes).map(operatorName);
  const buffers = model.tables(MODEL.buffers);
  const [subgraph] = model.tables(MODEL.subgraphs);
  if (!subgraph) throw new Error(`${file} has no graph`);
  return {
    tensors: subgraph.tables(SUBGRAPH.tensors).map((table) => readTensor(table, buffers)),
    operators: subgraph.tables(SUBGRAPH.operators).map((table) => readOperator(table, codes)),
    input: subgraph.int32s(SUBGRAPH.inputs)[0]!,
    output: subgraph.int32s(SUBGRAPH.outputs)[0]!,
  };
}

function operatorName(code: FlatTable): string {
  // Numbers above 127 did not fit the first field, so writers fill both and readers take the larger.
  const number = Math.max(
    code.int8(OPERATOR_CODE.legacyBuiltin),
    code.int32(OPERATOR_CODE.builtin),
  );
  return code.text(OPERATOR_CODE.custom) || (BUILTINS[number] ?? `BUILTIN_${number}`);
}

function readTensor(table: FlatTable, buffers: readonly FlatTable[]): TfliteTensor {
  const shape = table.int32s(TENSOR.shape);
  const bytes = buffers[table.int32(TENSOR.buffer)]?.bytes(0);
  if (!bytes || bytes.length === 0) return { shape };
  const type = table.int8(TENSOR.type);
  const decode = DECODERS[type];
  if (!decode) throw new Error(`tensor type ${type} cannot be read`);
  return { shape, data: decode(bytes, sizeOf(shape)) };
}

function readOperator(table: FlatTable, codes: readonly string[]): TfliteOperator {
  return {
    op: codes[table.int32(OPERATOR.code)]!,
    inputs: table.int32s(OPERATOR.inputs),
    output: table.int32s(OPERATOR.outputs)[0]!,
    options: table.table(OPERATOR.options),
    customOptions: table.bytes(OPERATOR.custom),
  };
}
