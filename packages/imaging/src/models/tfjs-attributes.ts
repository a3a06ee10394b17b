import type { TfNode } from './tfjs-model.ts';

/** TensorFlow.js writes strings in a node's attributes as base64. */
function text(base64: string): string {
  return Buffer.from(base64, 'base64').toString();
}

/** A list of integers, or undefined when the attribute is missing or empty. */
function integers(node: TfNode, name: string): readonly number[] | undefined {
  const list = node.attr[name]?.list?.i;
  return list && list.length > 0 ? list : undefined;
}

/** Rows and columns of an NHWC list such as strides; 1 × 1 when it is missing. */
export function spatial(node: TfNode, name: string): readonly [number, number] {
  const list = integers(node, name);
  return [list?.[1] ?? 1, list?.[2] ?? 1];
}

/** A flag; false when it is missing. */
export function flag(node: TfNode, name: string): boolean {
  return node.attr[name]?.b ?? false;
}

/** The operations that TensorFlow fused into this node, in order. */
export function fusedOps(node: TfNode): string[] {
  return (node.attr.fused_ops?.list?.s ?? []).map(text);
}

/** The padding mode. Throws for explicit paddings and for NCHW graphs. */
export function paddingMode(node: TfNode): 'SAME' | 'VALID' {
  const format = node.attr.data_format?.s;
  if (format && text(format) !== 'NHWC') throw new Error(`${node.name}: ${text(format)} layout`);
  const mode = text(node.attr.padding?.s ?? '');
  if (mode !== 'SAME' && mode !== 'VALID') throw new Error(`${node.name}: padding ${mode}`);
  return mode;
}
