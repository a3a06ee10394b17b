import type { TfjsConversion, TfOperator, TfOperators, TfTensor } from './tfjs-conversion.ts';
import { clip, prelu } from './tfjs-convolutions.ts';
import type { TfConstant, TfNode } from './tfjs-model.ts';

/** A constant operand, shaped so that ONNX broadcasts it as TensorFlow does. */
function operand(conversion: TfjsConversion, constant: TfConstant, like: TfTensor): string {
  const data = Float32Array.from(constant.data);
  if (data.length === 1) return conversion.graph.floats([], data);
  if (like.layout === 'plain') return conversion.graph.floats(constant.shape, data);
  const channels = like.shape[3]!;
  if (data.length !== channels || constant.shape.at(-1) !== channels) {
    throw new Error(`cannot broadcast ${constant.shape} over ${like.shape}`);
  }
  return conversion.graph.floats([1, channels, 1, 1], data);
}

/** The computed and the constant side of a commutative node, whichever way round they are. */
function sides(conversion: TfjsConversion, node: TfNode) {
  const first = conversion.findConstant(node, 0);
  if (first) return { tensor: conversion.tensor(node, 1), constant: first };
  return { tensor: conversion.tensor(node, 0), constant: conversion.findConstant(node, 1) };
}

function commutative(op: 'Add' | 'Mul'): TfOperator {
  return (conversion, node) => {
    const { tensor, constant } = sides(conversion, node);
    const { id, shape, layout } = tensor;
    if (constant) {
      const other = operand(conversion, constant, tensor);
      return { id: conversion.graph.node(op, [id, other]), shape, layout };
    }
    const other = conversion.tensor(node, 1);
    if (other.shape.join() !== shape.join() || other.layout !== layout) {
      throw new Error(`${node.name}: shapes ${shape} and ${other.shape}`);
    }
    return { id: conversion.graph.node(op, [id, other.id]), shape, layout };
  };
}

/** Relu. When only a Minimum reads it, the bound waits so that both become one Clip. */
const relu: TfOperator = (conversion, node) => {
  const tensor = conversion.tensor(node);
  if (conversion.soleConsumer(node)?.op === 'Minimum') return { ...tensor, pendingMinimum: 0 };
  const { shape, layout } = tensor;
  return { id: conversion.graph.node('Relu', [tensor.id]), shape, layout, minimum: 0 };
};

const minimum: TfOperator = (conversion, node) => {
  const { tensor, constant } = sides(conversion, node);
  const bound = tensor.pendingMinimum;
  if (constant?.data.length !== 1 || bound === undefined) {
    throw new Error(`${node.name}: only Relu → Minimum(scalar) is known`);
  }
  const id = clip(conversion, tensor.id, bound, constant.data[0]!);
  return { id, shape: tensor.shape, layout: tensor.layout, minimum: bound };
};

const maximum: TfOperator = (conversion, node) => {
  const { tensor, constant } = sides(conversion, node);
  if (constant?.data.length !== 1 || constant.data[0] !== tensor.minimum) {
    throw new Error(`${node.name}: only a Maximum that changes nothing is known`);
  }
  return tensor;
};

const sigmoid: TfOperator = (conversion, node) => {
  const { id, shape, layout } = conversion.tensor(node);
  return { id: conversion.graph.node('Sigmoid', [id]), shape, layout };
};

const leakyRelu: TfOperator = (conversion, node) => {
  const { id, shape, layout } = conversion.tensor(node);
  return { id: prelu(conversion, id, conversion.floats(node, 1).data), shape, layout };
};

const softmax: TfOperator = (conversion, node) => {
  const { id, shape, layout } = conversion.tensor(node);
  if (shape.length !== 2) throw new Error(`${node.name}: softmax over ${shape}`);
  return { id: conversion.graph.node('Softmax', [id], { axis: 1 }), shape, layout };
};

export const TFJS_ELEMENTWISE: TfOperators = {
  Add: commutative('Add'),
  AddV2: commutative('Add'),
  Mul: commutative('Mul'),
  Relu: relu,
  Minimum: minimum,
  Maximum: maximum,
  Sigmoid: sigmoid,
  Prelu: leakyRelu,
  Softmax: softmax,
  Identity: (conversion, node) => conversion.tensor(node),
};
