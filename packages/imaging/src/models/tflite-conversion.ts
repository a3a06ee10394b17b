import { OnnxGraph } from './onnx-graph.ts';
import type { TfliteModel, TfliteOperator, TfliteTensor } from './tflite-model.ts';

/** The state of one conversion, handed to every operator. */
export class TfliteConversion {
  readonly graph: OnnxGraph;
  readonly #tensors: readonly TfliteTensor[];
  readonly #values = new Map<number, string>();
  readonly #constants = new Map<number, TfliteTensor>();

  constructor(name: string, model: TfliteModel) {
    this.graph = new OnnxGraph(name);
    this.#tensors = model.tensors;
  }

  /** NHWC shape of an operator's input. */
  shape(operator: TfliteOperator, position = 0): readonly number[] {
    return this.#tensors[operator.inputs[position]!]!.shape;
  }

  /** NHWC shape of an operator's output. */
  outputShape(operator: TfliteOperator): readonly number[] {
    return this.#tensors[operator.output]!.shape;
  }

  /** The computed NCHW value behind an operator's input. */
  value(operator: TfliteOperator, position = 0): string {
    return this.valueOf(operator.inputs[position]!);
  }

  valueOf(tensor: number): string {
    const value = this.#values.get(tensor);
    if (value === undefined) throw new Error(`tensor ${tensor} is not a computed value`);
    return value;
  }

  /** The constant behind an operator's input. */
  constant(operator: TfliteOperator, position: number): Required<TfliteTensor> {
    const index = operator.inputs[position]!;
    const { shape, data } = this.#constants.get(index) ?? this.#tensors[index]!;
    if (!data) throw new Error(`${operator.op}: input ${position} is not a constant`);
    return { shape, data };
  }

  /** The float constant behind an operator's input. */
  floats(operator: TfliteOperator, position: number) {
    const { shape, data } = this.constant(operator, position);
    if (!(data instanceof Float32Array)) throw new Error(`${operator.op}: floats expected`);
    return { shape, data };
  }

  setValue(tensor: number, value: string): void {
    this.#values.set(tensor, value);
  }

  setConstant(tensor: number, constant: TfliteTensor): void {
    this.#constants.set(tensor, constant);
  }
}
