import { OnnxGraph } from './onnx-graph.ts';
import type { TfConstant, TfjsModel, TfNode } from './tfjs-model.ts';

/**
 * A value while the graph is walked. `shape` is always TensorFlow's (NHWC for pictures);
 * `layout` says how the ONNX value `id` really lies: `nchw` for feature maps, `plain` otherwise.
 */
export type TfTensor = {
  readonly id: string;
  readonly shape: readonly number[];
  readonly layout: 'nchw' | 'plain';
  /** Lower bound still to be applied: a Relu whose Minimum follows becomes one Clip. */
  readonly pendingMinimum?: number;
  /** Known lower bound, so that a Maximum with it can be left out. */
  readonly minimum?: number;
};

/** Emits the ONNX nodes for one TensorFlow node and returns its value. */
export type TfOperator = (conversion: TfjsConversion, node: TfNode) => TfTensor;

export type TfOperators = Readonly<Record<string, TfOperator>>;

/** The state of one conversion, handed to every operator. */
export class TfjsConversion {
  readonly graph: OnnxGraph;
  readonly #model: TfjsModel;
  readonly #operators: TfOperators;
  readonly #tensors = new Map<string, TfTensor>();
  readonly #consumers = new Map<string, TfNode[]>();

  constructor(name: string, model: TfjsModel, operators: TfOperators) {
    this.graph = new OnnxGraph(name);
    this.#model = model;
    this.#operators = operators;
    for (const node of model.nodes.values()) {
      for (const source of dataInputs(node)) {
        this.#consumers.set(source, [...(this.#consumers.get(source) ?? []), node]);
      }
    }
  }

  /** Converts what `name` depends on (depth first) and then `name` itself. */
  visit(name: string): void {
    const node = this.#model.nodes.get(name);
    if (!node) throw new Error(`the graph has no node ${name}`);
    if (node.op === 'Const' || this.#tensors.has(name)) return;
    for (const source of dataInputs(node)) this.visit(source);
    const convert = this.#operators[node.op];
    if (!convert) throw new Error(`operator ${node.op} (${name}) cannot be converted`);
    this.#tensors.set(name, convert(this, node));
  }

  /** The computed value behind a node's input. */
  tensor(node: TfNode, position = 0): TfTensor {
    const tensor = this.#tensors.get(dataInputs(node)[position] ?? '');
    if (!tensor) throw new Error(`${node.name}: input ${position} is not a computed value`);
    return tensor;
  }

  /** The constant behind a node's input, if it is one. */
  findConstant(node: TfNode, position: number): TfConstant | undefined {
    return this.#model.constants.get(dataInputs(node)[position] ?? '');
  }

  /** The constant behind a node's input. */
  constant(node: TfNode, position: number): TfConstant {
    const constant = this.findConstant(node, position);
    if (!constant) throw new Error(`${node.name}: input ${position} is not a constant`);
    return constant;
  }

  /** The float constant behind a node's input. */
  floats(node: TfNode, position: number): { shape: readonly number[]; data: Float32Array } {
    const { shape, data } = this.constant(node, position);
    if (!(data instanceof Float32Array)) throw new Error(`${node.name}: floats expected`);
    return { shape, data };
  }

  /** The one node that reads this node's value, or undefined when there are none or several. */
  soleConsumer(node: TfNode): TfNode | undefined {
    const consumers = this.#consumers.get(node.name) ?? [];
    return consumers.length === 1 ? consumers[0] : undefined;
  }

  /** The value in TensorFlow's own order; a Transpose only where the order really differs. */
  plain(tensor: TfTensor): string {
    const [, height, width, channels] = tensor.shape;
    const sameOrder = tensor.layout === 'plain' || height! * width! === 1 || channels === 1;
    return sameOrder
      ? tensor.id
      : this.graph.node('Transpose', [tensor.id], { perm: [0, 2, 3, 1] });
  }

  /** Publishes a node's value, flattened to TensorFlow's order without axes of length one. */
  publish(name: string, output: string): void {
    const tensor = this.#tensors.get(name)!;
    const shape = [1, ...tensor.shape.filter((length) => length !== 1)];
    const flat = this.graph.node('Reshape', [this.plain(tensor), this.graph.integers(shape)]);
    this.graph.output(output, flat, shape);
  }
}

/** Names of the nodes whose values a node reads (control edges `^x` and ports `:0` removed). */
function dataInputs(node: TfNode): string[] {
  return node.input.filter((name) => !name.startsWith('^')).map((name) => name.split(':')[0]!);
}
