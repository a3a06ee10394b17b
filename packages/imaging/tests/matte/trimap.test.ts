import { describe, expect, it } from 'vitest';
import type { CoarseGrid } from '../../src/matte/coarse-grid.ts';
import { borrowPlane, reclaimPlanes } from '../../src/matte/plane-pool.ts';
import { makeTrimap } from '../../src/matte/trimap.ts';

/** `rows`: for each cell P surely person, p nearly so, w nearly wall, W surely wall. */
function trimapOf(rows: readonly string[]) {
  const says: Readonly<Record<string, number>> = { P: 0.93, p: 0.91, w: 0.07, W: 0.05 };
  const width = rows[0]?.length ?? 0;
  const prior = Float32Array.from(rows.join(''), (cell) => says[cell] ?? 0.5);
  const grid = { prior, width, height: rows.length } as unknown as CoarseGrid;
  const { foreground, background } = makeTrimap(grid);
  const drawn = (cells: Float32Array) =>
    rows.map((_, y) => [...cells.subarray(y * width, (y + 1) * width)].join(''));
  return { person: drawn(foreground), wall: drawn(background) };
}

describe('the trimap', () => {
  it('calls person what is a cell inside, with everything around it sure', () => {
    expect(trimapOf(['PPPPP', 'PPPPP', 'PPPPP', 'PPPPp', 'PPPPP']).person).toEqual([
      '11111',
      '11111',
      '11100',
      '11100',
      '11100',
    ]);
  });

  it('calls wall what is four cells away from all that is not', () => {
    expect(trimapOf(['WWWWWWwWWWWW']).wall).toEqual(['110000000001']);
    expect(trimapOf([...'WWWWWWwWWWWW']).wall).toEqual([...'110000000001']);
  });

  it('leaves everything else open', () => {
    const { person, wall } = trimapOf(['pw?']);
    expect([person, wall]).toEqual([['000'], ['000']]);
  });
});

describe('borrowed planes', () => {
  it('are empty, and nobody else has them until all are given back', () => {
    reclaimPlanes();
    const [first, second] = [borrowPlane(5), borrowPlane(5)];
    first.fill(1);
    expect([...second]).toEqual([0, 0, 0, 0, 0]);
    reclaimPlanes();
    const again = [borrowPlane(5), borrowPlane(5), borrowPlane(6)];
    expect(again.map((plane) => plane.length)).toEqual([5, 5, 6]);
    for (const plane of again) expect(plane.every((value) => value === 0)).toBe(true);
    expect(new Set(again).size).toBe(3);
  });
});
