/** Shapes, paddings and weight orders that differ between TensorFlow and ONNX. */

/** Number of elements of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** Output length and zero padding before and after along one axis. */
export type AxisPadding = {
  readonly length: number;
  readonly before: number;
  readonly after: number;
};

/**
 * TensorFlow's two paddings along one axis. SAME puts the odd pixel **after**, and depends on the
 * input's length when the stride is larger than one; ONNX's own SAME modes are not used because
 * not every execution provider honours them.
 */
export function axisPadding(
  mode: 'SAME' | 'VALID',
  input: number,
  kernel: number,
  stride: number,
  dilation = 1,
): AxisPadding {
  const reach = (kernel - 1) * dilation;
  if (mode === 'VALID') return { length: Math.ceil((input - reach) / stride), before: 0, after: 0 };
  const length = Math.ceil(input / stride);
  const total = Math.max(0, (length - 1) * stride + reach + 1 - input);
  const before = Math.floor(total / 2);
  return { length, before, after: total - before };
}

/**
 * Reorders a four-dimensional tensor. `axes[k]` names the source axis that becomes axis k, so
 * `[3, 2, 0, 1]` turns TensorFlow's HWIO convolution weights into ONNX's OIHW.
 */
export function permute4(
  data: Float32Array,
  shape: readonly number[],
  axes: readonly [number, number, number, number],
): Float32Array {
  const strides = [1, 1, 1, 1];
  for (let axis = 2; axis >= 0; axis--) strides[axis] = strides[axis + 1]! * shape[axis + 1]!;
  const [n0, n1, n2, n3] = axes.map((axis) => shape[axis]!) as [number, number, number, number];
  const [s0, s1, s2, s3] = axes.map((axis) => strides[axis]!) as [number, number, number, number];
  const out = new Float32Array(data.length);
  let index = 0;
  for (let a = 0; a < n0; a++) {
    for (let b = 0; b < n1; b++) {
      for (let c = 0; c < n2; c++) {
        const base = a * s0 + b * s1 + c * s2;
        for (let d = 0; d < n3; d++) out[index++] = data[base + d * s3]!;
      }
    }
  }
  return out;
}
