import {
  encodeOnnx,
  type OnnxAttribute,
  type OnnxInitializer,
  type OnnxNode,
  type OnnxPort,
} from './onnx-format.ts';

/** An ONNX graph under construction. Names are numbered, so equal calls give equal files. */
export class OnnxGraph {
  readonly #name: string;
  readonly #nodes: OnnxNode[] = [];
  readonly #initializers: OnnxInitializer[] = [];
  readonly #inputs: OnnxPort[] = [];
  readonly #outputs: OnnxPort[] = [];

  constructor(name: string) {
    this.#name = name;
  }

  /** Declares a float32 graph input and returns its name. */
  input(name: string, shape: readonly number[]): string {
    this.#inputs.push({ name, shape });
    return name;
  }

  /** Adds a node with one output and returns the output's name. */
  node(
    op: string,
    inputs: readonly string[],
    attributes: Record<string, OnnxAttribute> = {},
    output = `${op.toLowerCase()}_${this.#nodes.length}`,
  ): string {
    this.#nodes.push({ op, inputs, output, attributes });
    return output;
  }

  /** Adds a constant float32 tensor and returns its name. */
  floats(dims: readonly number[], data: Float32Array | readonly number[]): string {
    return this.#initializer(dims, data instanceof Float32Array ? data : Float32Array.from(data));
  }

  /** Adds a constant one-dimensional int64 tensor and returns its name. */
  integers(data: readonly number[]): string {
    return this.#initializer([data.length], BigInt64Array.from(data, BigInt));
  }

  /** Publishes a value as a graph output called `name`; the runtime removes the Identity. */
  output(name: string, value: string, shape: readonly number[]): void {
    this.node('Identity', [value], {}, name);
    this.#outputs.push({ name, shape });
  }

  get outputs(): readonly OnnxPort[] {
    return this.#outputs;
  }

  /** The bytes of the .onnx file. */
  encode(): Uint8Array {
    return encodeOnnx({
      name: this.#name,
      nodes: this.#nodes,
      initializers: this.#initializers,
      inputs: this.#inputs,
      outputs: this.#outputs,
    });
  }

  #initializer(dims: readonly number[], data: Float32Array | BigInt64Array): string {
    const name = `constant_${this.#initializers.length}`;
    this.#initializers.push({ name, dims, data });
    return name;
  }
}
