import { borrowPlane } from './plane-pool.ts';
/**
 * Binomial 1-4-6-4-1 smoothing in both directions of interleaved channels, in place: close to a
 * Gaussian of one cell. Beyond the border the edge is repeated.
 */
export function smoothCells(
  values: Float32Array,
  width: number,
  height: number,
  channels: number,
): void {
  const scratch = borrowPlane(values.length);
  const row = width * channels;
  for (let y = 0; y < height; y++) smoothRow(values, scratch, y * row, width, channels);
  smoothColumns(scratch, values, row, height);
}

function smoothRow(
  from: Float32Array,
  to: Float32Array,
  start: number,
  width: number,
  channels: number,
): void {
  const end = start + width * channels;
  const last = end - channels;
  for (let at = start; at < end; at += channels) {
    const a = Math.max(start, at - 2 * channels);
    const b = Math.max(start, at - channels);
    const c = Math.min(last, at + channels);
    const d = Math.min(last, at + 2 * channels);
    for (let k = 0; k < channels; k++) {
      const outer = from[a + k]! + from[d + k]!;
      to[at + k] = (outer + 4 * (from[b + k]! + from[c + k]!) + 6 * from[at + k]!) * 0.0625;
    }
  }
}

function smoothColumns(from: Float32Array, to: Float32Array, row: number, height: number): void {
  for (let y = 0; y < height; y++) {
    const at = y * row;
    const a = Math.max(0, y - 2) * row;
    const b = Math.max(0, y - 1) * row;
    const c = Math.min(height - 1, y + 1) * row;
    const d = Math.min(height - 1, y + 2) * row;
    for (let k = 0; k < row; k++) {
      const outer = from[a + k]! + from[d + k]!;
      to[at + k] = (outer + 4 * (from[b + k]! + from[c + k]!) + 6 * from[at + k]!) * 0.0625;
    }
  }
}
