import type { OnnxGraph } from './onnx-graph.ts';
import { TfliteConversion } from './tflite-conversion.ts';
import type { TfliteModel } from './tflite-model.ts';
import { TFLITE_OPERATORS } from './tflite-operators.ts';

/** NCHW shape of an NHWC one. */
function nchw(shape: readonly number[]): number[] {
  const [batch, height, width, channels] = shape as [number, number, number, number];
  return [batch, channels, height, width];
}

/**
 * Converts a TFLite picture-to-picture network to ONNX, NCHW throughout, with the input `input`
 * and the output `outputName`. Throws on an operator or option that is not known.
 */
export function convertTflite(name: string, model: TfliteModel, outputName: string): OnnxGraph {
  const conversion = new TfliteConversion(name, model);
  const { graph } = conversion;
  conversion.setValue(model.input, graph.input('input', nchw(model.tensors[model.input]!.shape)));
  for (const operator of model.operators) {
    const convert = TFLITE_OPERATORS[operator.op];
    if (!convert) throw new Error(`operator ${operator.op} cannot be converted`);
    const value = convert(conversion, operator);
    if (value !== undefined) conversion.setValue(operator.output, value);
  }
  const shape = nchw(model.tensors[model.output]!.shape);
  graph.output(outputName, conversion.valueOf(model.output), shape);
  return graph;
}
