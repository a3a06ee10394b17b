import {
  readTfliteModel,
  type TfliteOperator,
  type TfliteTensor,
} from '../../src/models/tflite-model.ts';
import type { Tensor, TensorFlow } from './tensorflow.ts';

/** Values while a graph is carried out, by tensor number. */
type Values = Map<number, Tensor>;
type Carry = (tf: TensorFlow, operator: TfliteOperator, inputs: Tensor[]) => Tensor;

const SAME = 0;

function activate(tf: TensorFlow, value: Tensor, activation: number | undefined): Tensor {
  if (activation === 1) return tf.relu(value);
  return activation === 3 ? tf.relu6(value) : value;
}

const convolve: Carry = (tf, { options }, [x, w, bias]) => {
  const hwio = tf.transpose(w!, [1, 2, 3, 0]);
  const pad = options!.int8(0) === SAME ? 'same' : 'valid';
  const strides: [number, number] = [options!.int32(2), options!.int32(1)];
  const dilations: [number, number] = [options!.int32(5, 1), options!.int32(4, 1)];
  const sum = tf.add(tf.conv2d(x!, hwio, strides, pad, 'NHWC', dilations), bias!);
  return activate(tf, sum, options!.int8(3));
};

const convolveDepthwise: Carry = (tf, { options }, [x, w, bias]) => {
  const hwim = tf.transpose(w!, [1, 2, 3, 0]);
  const pad = options!.int8(0) === SAME ? 'same' : 'valid';
  const strides: [number, number] = [options!.int32(2), options!.int32(1)];
  const dilations: [number, number] = [options!.int32(6, 1), options!.int32(5, 1)];
  const sum = tf.add(tf.depthwiseConv2d(x!, hwim, strides, pad, 'NHWC', dilations), bias!);
  return activate(tf, sum, options!.int8(4));
};

const convolveTransposed: Carry = (tf, { customOptions }, [x, w, bias]) => {
  const [, strideX, strideY] = new Int32Array(customOptions.buffer);
  const [, rows, columns] = x!.shape;
  const shape = [1, rows! * strideY!, columns! * strideX!, w!.shape[0]!];
  const hwoi = tf.transpose(w!, [1, 2, 0, 3]);
  return tf.add(tf.conv2dTranspose(x!, hwoi, shape, [strideY!, strideX!], 'valid'), bias!);
};

const hardSwish: Carry = (tf, _, [x]) => {
  const gate = tf.relu6(tf.add(x!, tf.scalar(3)));
  return tf.mul(tf.mul(x!, gate), tf.scalar(1 / 6));
};

const CARRIES: Readonly<Record<string, Carry>> = {
  CONV_2D: convolve,
  DEPTHWISE_CONV_2D: convolveDepthwise,
  Convolution2DTransposeBias: convolveTransposed,
  HARD_SWISH: hardSwish,
  DEQUANTIZE: (_tf, _operator, [x]) => x!,
  ADD: (tf, { options }, [a, b]) => activate(tf, tf.add(a!, b!), options?.int8(0)),
  MUL: (tf, { options }, [a, b]) => activate(tf, tf.mul(a!, b!), options?.int8(0)),
  LOGISTIC: (tf, _, [x]) => tf.sigmoid(x!),
  RELU: (tf, _, [x]) => tf.relu(x!),
  AVERAGE_POOL_2D: (tf, _, [x]) => tf.mean(x!, [1, 2], true),
  MEAN: (tf, _, [x]) => tf.mean(x!, [1, 2], true),
};

/** Runs a one-input, one-output TFLite picture network on TensorFlow.js's kernels. */
export function runTflite(tf: TensorFlow, file: string, input: Float32Array): Float32Array {
  const model = readTfliteModel(file);
  const values: Values = new Map([
    [model.input, tf.tensor(input, model.tensors[model.input]!.shape)],
  ]);
  for (const operator of model.operators) {
    const inputs = operator.inputs.map((index) => inputValue(tf, values, model.tensors, index));
    values.set(operator.output, carryOut(tf, operator, inputs, model.tensors));
  }
  return values.get(model.output)!.dataSync();
}

function carryOut(
  tf: TensorFlow,
  operator: TfliteOperator,
  inputs: Tensor[],
  tensors: readonly TfliteTensor[],
): Tensor {
  if (operator.op === 'RESIZE_BILINEAR') {
    const [, height, width] = tensors[operator.output]!.shape;
    return tf.image.resizeBilinear(inputs[0]!, [height!, width!], false, true);
  }
  const carry = CARRIES[operator.op];
  if (!carry) throw new Error(`operator ${operator.op} is not known`);
  return carry(tf, operator, inputs);
}

function inputValue(
  tf: TensorFlow,
  values: Values,
  tensors: readonly TfliteTensor[],
  index: number,
): Tensor {
  const known = values.get(index);
  if (known) return known;
  const { shape, data } = tensors[index]!;
  if (!data) throw new Error(`tensor ${index} has no value`);
  return tf.tensor(data, shape);
}
