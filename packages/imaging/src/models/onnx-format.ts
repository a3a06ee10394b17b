import protobuf from 'protobufjs/light.js';

/**
 * The part of ONNX's protocol buffers (onnx.proto, IR version 8) that the converters write.
 * Field numbers are those of https://github.com/onnx/onnx/blob/v1.16.0/onnx/onnx.proto.
 */
const ONNX_SUBSET = {
  nested: {
    ModelProto: {
      fields: {
        irVersion: { type: 'int64', id: 1 },
        producerName: { type: 'string', id: 2 },
        graph: { type: 'GraphProto', id: 7 },
        opsetImport: { rule: 'repeated', type: 'OperatorSetIdProto', id: 8 },
      },
    },
    OperatorSetIdProto: {
      fields: { domain: { type: 'string', id: 1 }, version: { type: 'int64', id: 2 } },
    },
    GraphProto: {
      fields: {
        node: { rule: 'repeated', type: 'NodeProto', id: 1 },
        name: { type: 'string', id: 2 },
        initializer: { rule: 'repeated', type: 'TensorProto', id: 5 },
        input: { rule: 'repeated', type: 'ValueInfoProto', id: 11 },
        output: { rule: 'repeated', type: 'ValueInfoProto', id: 12 },
      },
    },
    NodeProto: {
      fields: {
        input: { rule: 'repeated', type: 'string', id: 1 },
        output: { rule: 'repeated', type: 'string', id: 2 },
        name: { type: 'string', id: 3 },
        opType: { type: 'string', id: 4 },
        attribute: { rule: 'repeated', type: 'AttributeProto', id: 5 },
      },
    },
    AttributeProto: {
      fields: {
        name: { type: 'string', id: 1 },
        f: { type: 'float', id: 2 },
        i: { type: 'int64', id: 3 },
        s: { type: 'bytes', id: 4 },
        ints: { rule: 'repeated', type: 'int64', id: 8 },
        type: { type: 'int32', id: 20 },
      },
    },
    TensorProto: {
      fields: {
        dims: { rule: 'repeated', type: 'int64', id: 1 },
        dataType: { type: 'int32', id: 2 },
        name: { type: 'string', id: 8 },
        rawData: { type: 'bytes', id: 9 },
      },
    },
    ValueInfoProto: {
      fields: { name: { type: 'string', id: 1 }, type: { type: 'TypeProto', id: 2 } },
    },
    TypeProto: { fields: { tensorType: { type: 'TensorTypeProto', id: 1 } } },
    TensorTypeProto: {
      fields: {
        elemType: { type: 'int32', id: 1 },
        shape: { type: 'TensorShapeProto', id: 2 },
      },
    },
    TensorShapeProto: { fields: { dim: { rule: 'repeated', type: 'Dimension', id: 1 } } },
    Dimension: { fields: { dimValue: { type: 'int64', id: 1 } } },
  },
} as const;

/** `TensorProto.DataType`. */
const FLOAT32 = 1;
const INT64 = 7;

/** `AttributeProto.AttributeType`. */
const ATTRIBUTE_FLOAT = 1;
const ATTRIBUTE_INT = 2;
const ATTRIBUTE_STRING = 3;
const ATTRIBUTE_INTS = 7;

/** A node's attribute: text, a list of integers, an integer, or a float marked as such. */
export type OnnxAttribute = string | number | readonly number[] | { readonly float: number };

export type OnnxNode = {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
};

export type OnnxInitializer = {
  readonly name: string;
  readonly dims: readonly number[];
  readonly data: Float32Array | BigInt64Array;
};

/** An input or output; a length of −1 is left open. */
export type OnnxPort = { readonly name: string; readonly shape: readonly number[] };

export type OnnxModel = {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxInitializer[];
  readonly inputs: readonly OnnxPort[];
  readonly outputs: readonly OnnxPort[];
};

const IR_VERSION = 8;
/** 17 is the newest operator set that every execution provider in use understands. */
const OPERATOR_SET = 17;

/** Serialises a model to the bytes of an .onnx file. The same model gives the same bytes. */
export function encodeOnnx(model: OnnxModel): Uint8Array {
  const type = protobuf.Root.fromJSON(ONNX_SUBSET).lookupType('ModelProto');
  return type
    .encode({
      irVersion: IR_VERSION,
      producerName: 'gradshot',
      graph: {
        name: model.name,
        node: model.nodes.map(encodeNode),
        initializer: model.initializers.map(encodeInitializer),
        input: model.inputs.map(encodePort),
        output: model.outputs.map(encodePort),
      },
      opsetImport: [{ domain: '', version: OPERATOR_SET }],
    })
    .finish();
}

function encodeNode(node: OnnxNode, index: number) {
  return {
    input: node.inputs,
    output: [node.output],
    name: `${node.op}_${index}`,
    opType: node.op,
    attribute: Object.entries(node.attributes).map(encodeAttribute),
  };
}

function encodeAttribute([name, value]: [string, OnnxAttribute]) {
  if (typeof value === 'string') {
    return { name, s: new TextEncoder().encode(value), type: ATTRIBUTE_STRING };
  }
  if (typeof value === 'number') return { name, i: value, type: ATTRIBUTE_INT };
  if ('float' in value) return { name, f: value.float, type: ATTRIBUTE_FLOAT };
  return { name, ints: value, type: ATTRIBUTE_INTS };
}

function encodeInitializer({ name, dims, data }: OnnxInitializer) {
  return {
    name,
    dims,
    dataType: data instanceof Float32Array ? FLOAT32 : INT64,
    // Raw data is little-endian by definition, as are all platforms that Node runs on today.
    rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  };
}

function encodePort({ name, shape }: OnnxPort) {
  const dim = shape.map((dimValue) => (dimValue < 0 ? {} : { dimValue }));
  return { name, type: { tensorType: { elemType: FLOAT32, shape: { dim } } } };
}
