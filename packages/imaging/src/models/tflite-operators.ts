import { axisPadding, permute4 } from './tensor-layout.ts';
import type { TfliteConversion } from './tflite-conversion.ts';
import type { TfliteOperator } from './tflite-model.ts';

/** Emits the ONNX nodes for one operator; returns its value, or nothing for a constant. */
type Convert = (conversion: TfliteConversion, operator: TfliteOperator) => string | undefined;

/** `ActivationFunctionType`. */
const ACTIVATION = { none: 0, relu: 1, relu6: 3 } as const;

function activate({ graph }: TfliteConversion, value: string, activation: number): string {
  switch (activation) {
    case ACTIVATION.none:
      return value;
    case ACTIVATION.relu:
      return graph.node('Relu', [value]);
    case ACTIVATION.relu6:
      return graph.node('Clip', [value, graph.floats([], [0]), graph.floats([], [6])]);
    default:
      throw new Error(`activation ${activation} is not known`);
  }
}

/** Where each convolution keeps its options; `Conv2DOptions` and `DepthwiseConv2DOptions` differ. */
const CONVOLUTION_FIELDS = {
  plain: { activation: 3, dilationX: 4, dilationY: 5 },
  depthwise: { activation: 4, dilationX: 5, dilationY: 6 },
} as const;
const DEPTH_MULTIPLIER_FIELD = 3;

function convolutionOptions({ options }: TfliteOperator, kind: 'plain' | 'depthwise') {
  if (!options) throw new Error('convolution without options');
  if (kind === 'depthwise' && options.int32(DEPTH_MULTIPLIER_FIELD) !== 1) {
    throw new Error('depth multipliers other than 1 are not known');
  }
  const fields = CONVOLUTION_FIELDS[kind];
  return {
    padding: options.int8(0) === 0 ? ('SAME' as const) : ('VALID' as const),
    strideX: options.int32(1),
    strideY: options.int32(2),
    activation: options.int8(fields.activation),
    dilationX: options.int32(fields.dilationX, 1),
    dilationY: options.int32(fields.dilationY, 1),
  };
}

/** Weights are OHWI for plain convolutions and 1HWO for depthwise ones; ONNX wants OIHW. */
const WEIGHT_AXES = { plain: [0, 3, 1, 2], depthwise: [3, 0, 1, 2] } as const;

function convolution(kind: 'plain' | 'depthwise'): Convert {
  return (conversion, operator) => {
    const { graph } = conversion;
    const option = convolutionOptions(operator, kind);
    const [, rows, columns] = conversion.shape(operator);
    const weights = conversion.floats(operator, 1);
    const [, height, width] = weights.shape;
    const axes = WEIGHT_AXES[kind];
    const dims = axes.map((axis) => weights.shape[axis]!);
    const bias = conversion.floats(operator, 2);
    const y = axisPadding(option.padding, rows!, height!, option.strideY, option.dilationY);
    const x = axisPadding(option.padding, columns!, width!, option.strideX, option.dilationX);
    const value = graph.node(
      'Conv',
      [
        conversion.value(operator),
        graph.floats(dims, permute4(weights.data, weights.shape, axes)),
        graph.floats(bias.shape, bias.data),
      ],
      {
        kernel_shape: [height!, width!],
        strides: [option.strideY, option.strideX],
        pads: [y.before, x.before, y.after, x.after],
        dilations: [option.dilationY, option.dilationX],
        group: kind === 'depthwise' ? dims[0]! : 1,
      },
    );
    return activate(conversion, value, option.activation);
  };
}

/**
 * MediaPipe's own transposed convolution with bias. Its options are three int32: padding, stride
 * x, stride y; its weights OHWI. Only kernel = stride is known: there the padding has no effect.
 */
const transposedConvolution: Convert = (conversion, operator) => {
  const { graph } = conversion;
  const weights = conversion.floats(operator, 1);
  const bias = conversion.floats(operator, 2);
  const [outputs, height, width, inputs] = weights.shape as [number, number, number, number];
  const [, strideX, strideY] = new Int32Array(operator.customOptions.buffer);
  if (height !== strideY || width !== strideX) throw new Error('overlapping transposed kernel');
  const ihw = permute4(weights.data, weights.shape, [3, 0, 1, 2]);
  return graph.node(
    'ConvTranspose',
    [
      conversion.value(operator),
      graph.floats([inputs, outputs, height, width], ihw),
      graph.floats(bias.shape, bias.data),
    ],
    { kernel_shape: [height, width], strides: [height, width], pads: [0, 0, 0, 0] },
  );
};

function binary(op: 'Add' | 'Mul'): Convert {
  return (conversion, operator) => {
    const operands = [conversion.value(operator, 0), conversion.value(operator, 1)];
    const value = conversion.graph.node(op, operands);
    return activate(conversion, value, operator.options?.int8(0) ?? ACTIVATION.none);
  };
}

function unary(op: string): Convert {
  return (conversion, operator) => conversion.graph.node(op, [conversion.value(operator)]);
}

const POOL_FIELDS = { width: 3, height: 4 } as const;

const averagePool: Convert = (conversion, operator) => {
  const [, height, width] = conversion.shape(operator);
  const { options } = operator;
  if (
    options?.int32(POOL_FIELDS.width) !== width ||
    options?.int32(POOL_FIELDS.height) !== height
  ) {
    throw new Error('only an average over the whole picture is known');
  }
  return conversion.graph.node('GlobalAveragePool', [conversion.value(operator)]);
};

const mean: Convert = (conversion, operator) => {
  const axes = conversion.constant(operator, 1).data.join();
  if (axes !== '1,2' || conversion.outputShape(operator).length !== 4) {
    throw new Error(`mean over axes ${axes}`);
  }
  return conversion.graph.node('GlobalAveragePool', [conversion.value(operator)]);
};

const RESIZE_FIELDS = { alignCorners: 2, halfPixelCentres: 3 } as const;

const resizeBilinear: Convert = (conversion, operator) => {
  const { options } = operator;
  if (options?.int8(RESIZE_FIELDS.alignCorners) || !options?.int8(RESIZE_FIELDS.halfPixelCentres)) {
    throw new Error('only half-pixel bilinear resizing is known');
  }
  const [batch, height, width, channels] = conversion.outputShape(operator);
  const sizes = conversion.graph.integers([batch!, channels!, height!, width!]);
  return conversion.graph.node('Resize', [conversion.value(operator), '', '', sizes], {
    mode: 'linear',
    coordinate_transformation_mode: 'half_pixel',
  });
};

/** Weights stored in half precision: widened once here, not at every run. */
const dequantize: Convert = (conversion, operator) => {
  conversion.setConstant(operator.output, conversion.constant(operator, 0));
  return undefined;
};

/** Every operator that the models in use contain. */
export const TFLITE_OPERATORS: Readonly<Record<string, Convert>> = {
  ADD: binary('Add'),
  MUL: binary('Mul'),
  CONV_2D: convolution('plain'),
  DEPTHWISE_CONV_2D: convolution('depthwise'),
  Convolution2DTransposeBias: transposedConvolution,
  DEQUANTIZE: dequantize,
  LOGISTIC: unary('Sigmoid'),
  RELU: unary('Relu'),
  HARD_SWISH: unary('HardSwish'),
  AVERAGE_POOL_2D: averagePool,
  MEAN: mean,
  RESIZE_BILINEAR: resizeBilinear,
};
