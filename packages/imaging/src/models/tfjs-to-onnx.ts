import type { OnnxGraph } from './onnx-graph.ts';
import { TfjsConversion, type TfOperators } from './tfjs-conversion.ts';
import { TFJS_CONVOLUTIONS } from './tfjs-convolutions.ts';
import { TFJS_ELEMENTWISE } from './tfjs-elementwise.ts';
import type { TfjsModel } from './tfjs-model.ts';
import { TFJS_SHAPES } from './tfjs-shapes.ts';

/** Every TensorFlow operator that the models in use contain. */
const TFJS_OPERATORS: TfOperators = {
  ...TFJS_CONVOLUTIONS,
  ...TFJS_ELEMENTWISE,
  ...TFJS_SHAPES,
};

/** TensorFlow node → name of the ONNX output. */
export type OutputNames = Readonly<Record<string, string>>;

/**
 * Converts a TensorFlow.js graph model to ONNX with batch 1 and NCHW inside and at the input.
 * Only what `outputs` (TensorFlow node → published name) depends on is converted: unused heads
 * cost nothing at run time. Throws on an operator or option that is not known, rather than guess.
 */
export function convertTfjs(name: string, model: TfjsModel, outputs: OutputNames): OnnxGraph {
  const conversion = new TfjsConversion(name, model, TFJS_OPERATORS);
  for (const [node, output] of Object.entries(outputs)) {
    conversion.visit(node);
    conversion.publish(node, output);
  }
  return conversion.graph;
}
