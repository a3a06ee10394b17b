/**
 * Mean over a (2r + 1)² window, clipped at the border, of one plane. Running sums make the cost
 * independent of the radius. `out` may be `source`; `scratch` must be neither.
 */
export function boxMean(
  source: Float32Array,
  width: number,
  height: number,
  radius: number,
  out: Float32Array,
  scratch: Float32Array,
): void {
  meanOfRows(source, width, height, radius, scratch);
  meanOfColumns(scratch, width, height, radius, out);
}

function meanOfRows(
  source: Float32Array,
  width: number,
  height: number,
  radius: number,
  out: Float32Array,
): void {
  const reach = Math.min(radius, width - 1);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let sum = 0;
    for (let x = 0; x <= reach; x++) sum += source[row + x]!;
    let count = reach + 1;
    for (let x = 0; x < width; x++) {
      out[row + x] = sum / count;
      const entering = x + radius + 1;
      const leaving = x - radius;
      if (entering < width) {
        sum += source[row + entering]!;
        count++;
      }
      if (leaving >= 0) {
        sum -= source[row + leaving]!;
        count--;
      }
    }
  }
}

function meanOfColumns(
  source: Float32Array,
  width: number,
  height: number,
  radius: number,
  out: Float32Array,
): void {
  const sums = new Float64Array(width);
  const reach = Math.min(radius, height - 1);
  for (let y = 0; y <= reach; y++) addRow(sums, source, y * width, 1);
  let count = reach + 1;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const share = 1 / count;
    for (let x = 0; x < width; x++) out[row + x] = sums[x]! * share;
    const entering = y + radius + 1;
    const leaving = y - radius;
    if (entering < height) {
      addRow(sums, source, entering * width, 1);
      count++;
    }
    if (leaving >= 0) {
      addRow(sums, source, leaving * width, -1);
      count--;
    }
  }
}

function addRow(sums: Float64Array, source: Float32Array, row: number, sign: number): void {
  for (let x = 0; x < sums.length; x++) sums[x]! += sign * source[row + x]!;
}
