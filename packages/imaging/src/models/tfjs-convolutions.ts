import { axisPadding, permute4 } from './tensor-layout.ts';
import { flag, fusedOps, paddingMode, spatial } from './tfjs-attributes.ts';
import type { TfjsConversion, TfOperator, TfOperators, TfTensor } from './tfjs-conversion.ts';
import type { TfNode } from './tfjs-model.ts';

/** Window attributes shared by convolutions and pools, and the output's rows and columns. */
function slidingWindow(
  node: TfNode,
  input: readonly number[],
  kernel: readonly [number, number],
  dilations: readonly [number, number] = [1, 1],
) {
  const mode = paddingMode(node);
  const [strideY, strideX] = spatial(node, 'strides');
  const y = axisPadding(mode, input[1]!, kernel[0], strideY, dilations[0]);
  const x = axisPadding(mode, input[2]!, kernel[1], strideX, dilations[1]);
  return {
    rows: y.length,
    columns: x.length,
    attributes: {
      kernel_shape: kernel,
      strides: [strideY, strideX],
      pads: [y.before, x.before, y.after, x.after],
    },
  };
}

/** TensorFlow's HWIO (or HWIM for depthwise) weights as ONNX's OIHW. */
function convolutionWeights(
  shape: readonly number[],
  data: Float32Array,
  depthwise: boolean,
): { dims: number[]; data: Float32Array } {
  const [height, width, inputs, outputs] = shape as [number, number, number, number];
  if (depthwise) {
    const dims = [inputs * outputs, 1, height, width];
    return { dims, data: permute4(data, shape, [2, 3, 0, 1]) };
  }
  return { dims: [outputs, inputs, height, width], data: permute4(data, shape, [3, 2, 0, 1]) };
}

function convolution(depthwise: boolean): TfOperator {
  return (conversion, node) => {
    const { graph } = conversion;
    const source = conversion.tensor(node);
    const kernel = conversion.floats(node, 1);
    const [kernelY, kernelX, inputs] = kernel.shape as [number, number, number];
    const weights = convolutionWeights(kernel.shape, kernel.data, depthwise);
    const dilations = spatial(node, 'dilations');
    const window = slidingWindow(node, source.shape, [kernelY, kernelX], dilations);
    const fused = fusedOps(node);
    const operands = [source.id, graph.floats(weights.dims, weights.data)];
    if (fused.includes('BiasAdd')) {
      operands.push(graph.floats([weights.dims[0]!], conversion.floats(node, 2).data));
    }
    const group = depthwise ? inputs : 1;
    const id = graph.node('Conv', operands, { ...window.attributes, dilations, group });
    const shape = [1, window.rows, window.columns, weights.dims[0]!];
    return applyFused(conversion, node, { id, shape, layout: 'nchw' }, fused);
  };
}

/** Applies the activation that TensorFlow fused into a convolution or a matrix product. */
function applyFused(
  conversion: TfjsConversion,
  node: TfNode,
  value: TfTensor,
  fused: readonly string[],
): TfTensor {
  const { graph } = conversion;
  const activation = fused.find((op) => op !== 'BiasAdd');
  switch (activation) {
    case undefined:
      return value;
    case 'Relu':
    case 'Sigmoid':
      return { ...value, id: graph.node(activation, [value.id]) };
    case 'Relu6':
      return { ...value, id: clip(conversion, value.id, 0, 6) };
    case 'Prelu': {
      const slope = conversion.floats(node, fused.includes('BiasAdd') ? 3 : 2).data;
      return { ...value, id: prelu(conversion, value.id, slope) };
    }
    default:
      throw new Error(`${node.name}: fused ${activation}`);
  }
}

/** Limits a value to [min, max]. */
export function clip(conversion: TfjsConversion, id: string, min: number, max: number): string {
  const { graph } = conversion;
  return graph.node('Clip', [id, graph.floats([], [min]), graph.floats([], [max])]);
}

/** Leaky rectifier with one slope per channel. */
export function prelu(conversion: TfjsConversion, id: string, slope: Float32Array): string {
  const { graph } = conversion;
  return graph.node('PRelu', [id, graph.floats([slope.length, 1, 1], slope)]);
}

function pool(op: 'MaxPool' | 'AveragePool'): TfOperator {
  return (conversion, node) => {
    const source = conversion.tensor(node);
    const window = slidingWindow(node, source.shape, spatial(node, 'ksize'));
    const id = conversion.graph.node(op, [source.id], window.attributes);
    const shape = [1, window.rows, window.columns, source.shape[3]!];
    return { id, shape, layout: 'nchw' };
  };
}

const matrixProduct: TfOperator = (conversion, node) => {
  const { graph } = conversion;
  const source = conversion.tensor(node);
  const weights = conversion.floats(node, 1);
  if (flag(node, 'transpose_a')) throw new Error(`${node.name}: transposed input`);
  const transB = flag(node, 'transpose_b') ? 1 : 0;
  const outputs = weights.shape[transB ? 0 : 1]!;
  const operands = [conversion.plain(source), graph.floats(weights.shape, weights.data)];
  const fused = fusedOps(node);
  if (fused.includes('BiasAdd')) {
    operands.push(graph.floats([outputs], conversion.floats(node, 2).data));
  }
  const id = graph.node('Gemm', operands, { transB });
  return applyFused(conversion, node, { id, shape: [1, outputs], layout: 'plain' }, fused);
};

export const TFJS_CONVOLUTIONS: TfOperators = {
  Conv2D: convolution(false),
  _FusedConv2D: convolution(false),
  DepthwiseConv2dNative: convolution(true),
  FusedDepthwiseConv2dNative: convolution(true),
  MaxPool: pool('MaxPool'),
  AvgPool: pool('AveragePool'),
  MatMul: matrixProduct,
  _FusedMatMul: matrixProduct,
};
