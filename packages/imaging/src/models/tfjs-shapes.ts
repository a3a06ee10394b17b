import { sizeOf } from './tensor-layout.ts';
import { flag } from './tfjs-attributes.ts';
import type { TfOperator, TfOperators } from './tfjs-conversion.ts';

/** TensorFlow's axis k of NHWC lies at NCHW axis `NCHW_AXIS[k]`; the inverse is `[0, 3, 1, 2]`. */
const NCHW_AXIS = [0, 2, 3, 1] as const;
const NHWC_AXIS = [0, 3, 1, 2] as const;

const placeholder: TfOperator = ({ graph }, node) => {
  const dims = node.attr.shape?.shape?.dim.map(({ size }) => size);
  if (dims?.length !== 4) throw new Error(`${node.name}: a picture input expected`);
  const [, height, width, channels] = dims as [number, number, number, number];
  const id = graph.input('input', [1, channels, height, width]);
  return { id, shape: [1, height, width, channels], layout: 'nchw' };
};

const pad: TfOperator = (conversion, node) => {
  const { graph } = conversion;
  const { id, shape } = conversion.tensor(node);
  const amounts = conversion.constant(node, 1).data;
  const before = NHWC_AXIS.map((axis) => amounts[2 * axis]!);
  const after = NHWC_AXIS.map((axis) => amounts[2 * axis + 1]!);
  const padded = shape.map((length, axis) => length + amounts[2 * axis]! + amounts[2 * axis + 1]!);
  const pads = graph.integers([...before, ...after]);
  return { id: graph.node('Pad', [id, pads], { mode: 'constant' }), shape: padded, layout: 'nchw' };
};

const reshape: TfOperator = (conversion, node) => {
  const { graph } = conversion;
  const source = conversion.tensor(node);
  const asked = Array.from(conversion.constant(node, 1).data);
  const known = sizeOf(asked.filter((length) => length !== -1));
  const shape = asked.map((length) => (length === -1 ? sizeOf(source.shape) / known : length));
  const id = graph.node('Reshape', [conversion.plain(source), graph.integers(shape)]);
  return { id, shape, layout: 'plain' };
};

/** Mean over rows and columns, the only mean that the models take. */
const spatialMean: TfOperator = (conversion, node) => {
  const source = conversion.tensor(node);
  const axes = Array.from(conversion.constant(node, 1).data, (axis) => (axis + 4) % 4);
  if (source.layout !== 'nchw' || axes.sort().join() !== '1,2') {
    throw new Error(`${node.name}: mean over axes ${axes}`);
  }
  const id = conversion.graph.node('GlobalAveragePool', [source.id]);
  const channels = source.shape[3]!;
  if (flag(node, 'keep_dims')) return { id, shape: [1, 1, 1, channels], layout: 'nchw' };
  const flat = conversion.graph.node('Flatten', [id], { axis: 1 });
  return { id: flat, shape: [1, channels], layout: 'plain' };
};

const concat: TfOperator = (conversion, node) => {
  const count = node.input.length - 1;
  const tensors = Array.from({ length: count }, (_, i) => conversion.tensor(node, i));
  const first = tensors[0]!;
  const rank = first.shape.length;
  const axis = (conversion.constant(node, count).data[0]! + rank) % rank;
  const length = tensors.reduce((total, tensor) => total + tensor.shape[axis]!, 0);
  const shape = first.shape.map((old, index) => (index === axis ? length : old));
  const onnxAxis = first.layout === 'nchw' ? NCHW_AXIS[axis]! : axis;
  const ids = tensors.map((tensor) => tensor.id);
  return {
    id: conversion.graph.node('Concat', ids, { axis: onnxAxis }),
    shape,
    layout: first.layout,
  };
};

export const TFJS_SHAPES: TfOperators = {
  Placeholder: placeholder,
  Pad: pad,
  PadV2: pad,
  Reshape: reshape,
  Mean: spatialMean,
  ConcatV2: concat,
};
