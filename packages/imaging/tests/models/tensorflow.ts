import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageFolder } from '../../src/models/catalogue.ts';

/** The few TensorFlow.js functions that the recorder uses. */
export type Tensor = {
  readonly shape: number[];
  dataSync(): Float32Array;
};
type Padding = 'same' | 'valid';
type Pair = [number, number];
export type TensorFlow = {
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
  tensor(values: Float32Array | Int32Array, shape: readonly number[]): Tensor;
  loadGraphModel(handler: { load: () => Promise<object> }): Promise<{
    execute(input: Tensor, output: string): Tensor;
  }>;
  conv2d(
    x: Tensor,
    w: Tensor,
    strides: Pair,
    pad: Padding,
    format: 'NHWC',
    dilations: Pair,
  ): Tensor;
  depthwiseConv2d(
    x: Tensor,
    w: Tensor,
    strides: Pair,
    pad: Padding,
    format: 'NHWC',
    dilations: Pair,
  ): Tensor;
  conv2dTranspose(x: Tensor, w: Tensor, shape: number[], strides: Pair, pad: Padding): Tensor;
  transpose(x: Tensor, axes: number[]): Tensor;
  add(a: Tensor, b: Tensor): Tensor;
  mul(a: Tensor, b: Tensor): Tensor;
  relu(x: Tensor): Tensor;
  relu6(x: Tensor): Tensor;
  sigmoid(x: Tensor): Tensor;
  mean(x: Tensor, axes: number[], keepDims: boolean): Tensor;
  scalar(value: number): Tensor;
  image: {
    resizeBilinear(x: Tensor, size: Pair, alignCorners: boolean, halfPixelCentres: boolean): Tensor;
  };
};

/**
 * The TensorFlow.js build inside @vladmandic/human, on its plain CPU kernels. The build is made
 * for browsers: without a `window` it looks for Node modules that were stubbed out.
 */
export async function loadTensorFlow(): Promise<TensorFlow> {
  const stage = globalThis as Record<string, unknown>;
  stage.window = globalThis;
  stage.document = { createElement: () => ({ getContext: () => null }) };
  const file = path.join(packageFolder('@vladmandic/human'), 'dist', 'tfjs.esm.js');
  const tf = (await import(pathToFileURL(file).href)) as TensorFlow;
  await tf.setBackend('cpu');
  await tf.ready();
  return tf;
}
