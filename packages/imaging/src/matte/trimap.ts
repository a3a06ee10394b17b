import { boxMean } from './box-filter.ts';
import type { CoarseGrid } from './coarse-grid.ts';
import { borrowPlane } from './plane-pool.ts';

/** Per cell of the coarse grid: 1 where sure, else 0. What is neither is the unknown band. */
export type Trimap = { readonly foreground: Float32Array; readonly background: Float32Array };

/** The mask's own certainty that a cell is person or wall. */
const SURE_PERSON = 0.92;
const SURE_WALL = 0.06;
/** The mask's outline is right within about a pixel inside, while hair reaches far outside it. */
const INSIDE_MARGIN_CELLS = 1;
const OUTSIDE_MARGIN_CELLS = 4;
/** A box mean of ones, allowing for rounding. */
const ALL = 0.999;

/** Splits the grid into sure person, sure wall and the band between, in which alpha is unknown. */
export function makeTrimap(grid: CoarseGrid): Trimap {
  const { prior } = grid;
  const person = borrowPlane(prior.length);
  const wall = borrowPlane(prior.length);
  for (let i = 0; i < prior.length; i++) {
    person[i] = prior[i]! > SURE_PERSON ? 1 : 0;
    wall[i] = prior[i]! < SURE_WALL ? 1 : 0;
  }
  erode(person, grid, INSIDE_MARGIN_CELLS);
  erode(wall, grid, OUTSIDE_MARGIN_CELLS);
  return { foreground: person, background: wall };
}

function erode(cells: Float32Array, { width, height }: CoarseGrid, margin: number): void {
  const scratch = borrowPlane(cells.length);
  boxMean(cells, width, height, margin, cells, scratch);
  for (let i = 0; i < cells.length; i++) cells[i] = cells[i]! > ALL ? 1 : 0;
}
