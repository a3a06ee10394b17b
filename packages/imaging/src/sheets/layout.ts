import { fail, ok, type Result } from '@gradshot/domain';
import type { Cell, PrintSize } from './catalogue.ts';
import { captionOf, type SheetPlan } from './plan.ts';

/** One photo's place on the paper, whole pixels from its upper left corner. */
export type PlacedCell = { readonly cell: Cell; readonly x: number; readonly y: number };

export type SheetLayout = PrintSize & {
  /** In rows from the top, each from the left. */
  readonly placed: readonly PlacedCell[];
  /** First row of the caption; the paper's height when there is none. */
  readonly captionY: number;
};

/** Room for one line of text, pixels: 10 points with some air. */
export const CAPTION_HEIGHT = 56;

type Order = { readonly cell: Cell; readonly count?: number };

/** A row of photos; the first one set its height. */
type Shelf = { readonly height: number; readonly cells: Cell[]; used: number };

/**
 * Places the photos in centred rows, turning the paper when more of them fit so. Every counted
 * photo gets a place, or the plan fails with `imaging.sheetTooSmall`; then the kinds without a
 * count fill what is left.
 */
export function layOutSheet(plan: SheetPlan): Result<SheetLayout> {
  const { width, height } = plan.paper;
  const sizes = [{ width, height }];
  if (plan.turnPaper && width !== height) sizes.push({ width: height, height: width });
  let best: SheetLayout | undefined;
  for (const size of sizes) {
    const layout = layOutOn(size, plan);
    if (layout && layout.placed.length > (best?.placed.length ?? 0)) best = layout;
  }
  if (best) return ok(best);
  return fail('imaging.sheetTooSmall', { paper: plan.paper.zh || plan.paper.id });
}

function layOutOn(paper: PrintSize, plan: SheetPlan): SheetLayout | undefined {
  const hasCaption = captionOf(plan) !== undefined;
  const captionY = hasCaption ? paper.height - plan.margin - CAPTION_HEIGHT : paper.height;
  const width = paper.width - 2 * plan.margin;
  const bottom = hasCaption ? captionY - plan.gap : paper.height - plan.margin;
  const shelves = new Shelves(width, bottom - plan.margin, plan.gap);
  if (!shelves.placeCounted(plan.cells)) return undefined;
  shelves.fill(plan.cells.filter(({ count }) => count === undefined).map(({ cell }) => cell));
  return { ...paper, placed: shelves.centred(plan.margin), captionY };
}

class Shelves {
  readonly #width: number;
  readonly #height: number;
  readonly #gap: number;
  readonly #shelves: Shelf[] = [];

  constructor(width: number, height: number, gap: number) {
    this.#width = width;
    this.#height = height;
    this.#gap = gap;
  }

  /** Tallest first, each into the first row with room. False when one finds none. */
  placeCounted(orders: readonly Order[]): boolean {
    const cells = orders.flatMap(({ cell, count = 0 }) =>
      Array.from({ length: count }, () => cell),
    );
    return [...cells]
      .sort((a, b) => b.height - a.height || b.width - a.width)
      .every((cell) => this.#intoShelf(cell) || this.#ontoNewShelf(cell));
  }

  /** New rows of each kind in turn, then whatever still goes into the ends of rows. */
  fill(kinds: readonly Cell[]): void {
    let open = [...kinds];
    for (let turn = 0; open.length > 0; turn++) {
      const kind = open[turn % open.length]!;
      if (this.#ontoNewShelf(kind)) while (this.#intoShelf(kind, this.#shelves.length - 1));
      else open = open.filter((other) => other !== kind);
    }
    const largestFirst = [...kinds].sort((a, b) => b.height - a.height);
    for (const kind of largestFirst) while (this.#intoShelf(kind));
  }

  #intoShelf(cell: Cell, from = 0): boolean {
    const room = this.#width - this.#gap - cell.width;
    const shelf = this.#shelves
      .slice(from)
      .find(({ height, used }) => height >= cell.height && used <= room);
    if (!shelf) return false;
    shelf.cells.push(cell);
    shelf.used += this.#gap + cell.width;
    return true;
  }

  #ontoNewShelf(cell: Cell): boolean {
    const top = this.#stackHeight() + (this.#shelves.length > 0 ? this.#gap : 0);
    if (cell.width > this.#width || top + cell.height > this.#height) return false;
    this.#shelves.push({ height: cell.height, cells: [cell], used: cell.width });
    return true;
  }

  #stackHeight(): number {
    const gaps = Math.max(0, this.#shelves.length - 1) * this.#gap;
    return this.#shelves.reduce((sum, { height }) => sum + height, gaps);
  }

  /** Rows centred across, their stack centred down, lower photos in the middle of their row. */
  centred(margin: number): PlacedCell[] {
    const placed: PlacedCell[] = [];
    let y = margin + Math.floor((this.#height - this.#stackHeight()) / 2);
    for (const { cells, height, used } of this.#shelves) {
      let x = margin + Math.floor((this.#width - used) / 2);
      for (const cell of cells) {
        placed.push({ cell, x, y: y + Math.floor((height - cell.height) / 2) });
        x += cell.width + this.#gap;
      }
      y += height + this.#gap;
    }
    return placed;
  }
}
