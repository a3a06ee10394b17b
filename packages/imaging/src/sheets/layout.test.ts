import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CELLS, type Cell, findCell, PAPERS, type PrintSize } from './catalogue.ts';
import { layOutSheet, type SheetLayout } from './layout.ts';
import { type SheetPlan, usualPlan } from './plan.ts';

function laidOut(plan: SheetPlan): SheetLayout {
  const layout = layOutSheet(plan);
  if (!layout.ok) throw new Error(layout.error.code);
  return layout.value;
}

const one = (id: string, count?: number) => ({
  cell: findCell(id)!,
  ...(count === undefined ? {} : { count }),
});
const copies = ({ placed }: SheetLayout, id: string) =>
  placed.filter(({ cell }) => cell.id === id).length;

describe('the usual sheets', () => {
  it('puts eight 1-inch photos on 5-inch paper, nine when it may be turned', () => {
    const straight = laidOut(usualPlan('5in', { turnPaper: false }));
    expect(straight).toMatchObject({ width: 1500, height: 1051 });
    expect(straight.placed).toHaveLength(8);
    const turned = laidOut(usualPlan('5in'));
    expect(turned).toMatchObject({ width: 1051, height: 1500 });
    expect(turned.placed).toHaveLength(9);
  });

  it('mixes 2-inch and 1-inch photos on 6-inch paper', () => {
    const layout = laidOut(usualPlan('6in'));
    expect([copies(layout, '2in'), copies(layout, '1in')]).toEqual([4, 5]);
  });

  it('turns the paper when more photos fit, and never the photos', () => {
    const cells = [one('2in')];
    const turned = laidOut(usualPlan('5in', { cells }));
    const straight = laidOut(usualPlan('5in', { cells, turnPaper: false }));
    expect(turned).toMatchObject({ width: 1051, height: 1500 });
    expect([turned.placed.length, straight.placed.length]).toEqual([4, 3]);
  });

  it('keeps the lower edge free for a caption', () => {
    const layout = laidOut(usualPlan('6in', { caption: '张三', turnPaper: false }));
    const lowest = Math.max(...layout.placed.map(({ cell, y }) => y + cell.height));
    expect(lowest).toBeLessThanOrEqual(layout.captionY);
    expect(layout.captionY).toBeLessThan(layout.height);
  });

  it('says which paper is too small', () => {
    const plan = usualPlan('5in', { cells: [one('chsi', 5)] });
    expect(layOutSheet(plan)).toMatchObject({
      error: { code: 'imaging.sheetTooSmall', details: { paper: '5 寸' } },
    });
  });
});

const side = (min: number, max: number) => fc.integer({ min, max });
const anyCell: fc.Arbitrary<Cell> = fc.oneof(
  fc.constantFrom<Cell>(...CELLS),
  fc
    .record({ width: side(60, 900), height: side(60, 900) })
    .map((size) => ({ id: `${size.width}x${size.height}`, zh: '', en: '', ...size })),
);
const anyPaper = fc.oneof(
  fc.constantFrom(...PAPERS),
  fc
    .record({ width: side(300, 4000), height: side(300, 4000) })
    .map((size) => ({ id: 'own', zh: '', en: '', ...size })),
);
const anyOrder = fc.record(
  { cell: anyCell, count: fc.integer({ min: 1, max: 12 }) },
  { requiredKeys: ['cell'] },
);
const anyPlan: fc.Arbitrary<SheetPlan> = fc.record(
  {
    paper: anyPaper,
    cells: fc.array(anyOrder, { minLength: 1, maxLength: 4 }),
    margin: side(0, 120),
    gap: side(0, 80),
    cutLines: fc.constant('ticks' as const),
    caption: fc.constant('caption'),
    turnPaper: fc.boolean(),
  },
  { requiredKeys: ['paper', 'cells', 'margin', 'gap', 'cutLines', 'turnPaper'] },
);

/** True when two placed photos are closer than `gap` in both directions. */
function crowd(a: SheetLayout['placed'][number], b: typeof a, gap: number): boolean {
  const apart = (from: number, size: number, other: number, otherSize: number) =>
    from + size + gap <= other || other + otherSize + gap <= from;
  return !(
    apart(a.x, a.cell.width, b.x, b.cell.width) || apart(a.y, a.cell.height, b.y, b.cell.height)
  );
}

/** Photos of one size that a paper holds in plain rows. */
function gridCount(paper: PrintSize, cell: PrintSize, margin: number, gap: number): number {
  const along = (room: number, length: number) =>
    Math.max(0, Math.floor((room - 2 * margin + gap) / (length + gap)));
  return along(paper.width, cell.width) * along(paper.height, cell.height);
}

describe('any sheet', () => {
  it('keeps photos apart, inside the margins and in their own size', () => {
    fc.assert(
      fc.property(anyPlan, (plan) => {
        const layout = layOutSheet(plan);
        if (!layout.ok) return;
        const { placed, width, height, captionY } = layout.value;
        const floor = plan.caption ? captionY - plan.gap : height - plan.margin;
        placed.forEach((photo, index) => {
          expect(photo.x).toBeGreaterThanOrEqual(plan.margin);
          expect(photo.y).toBeGreaterThanOrEqual(plan.margin);
          expect(photo.x + photo.cell.width).toBeLessThanOrEqual(width - plan.margin);
          expect(photo.y + photo.cell.height).toBeLessThanOrEqual(floor);
          expect(plan.cells.map(({ cell }) => cell)).toContain(photo.cell);
          const crowded = placed.slice(0, index).some((other) => crowd(photo, other, plan.gap));
          expect(crowded).toBe(false);
        });
      }),
      { numRuns: 800 },
    );
  });

  it('holds every photo that was counted', () => {
    fc.assert(
      fc.property(anyPlan, (plan) => {
        const layout = layOutSheet(plan);
        if (!layout.ok) return;
        const wanted = plan.cells.reduce((sum, { count }) => sum + (count ?? 0), 0);
        expect(layout.value.placed.length).toBeGreaterThanOrEqual(wanted);
      }),
      { numRuns: 500 },
    );
  });

  it('holds as many photos of one size as rows and columns allow, either way round', () => {
    fc.assert(
      fc.property(anyPlan, anyCell, ({ caption: _, ...plan }, cell) => {
        const layout = layOutSheet({ ...plan, cells: [{ cell }], turnPaper: true });
        const { paper, margin, gap } = plan;
        const turned = { width: paper.height, height: paper.width };
        const most = Math.max(
          gridCount(paper, cell, margin, gap),
          gridCount(turned, cell, margin, gap),
        );
        expect(layout.ok ? layout.value.placed.length : 0).toBe(most);
      }),
      { numRuns: 500 },
    );
  });

  it('is centred to a pixel for photos of one size', () => {
    fc.assert(
      fc.property(anyPlan, anyCell, ({ caption: _, ...plan }, cell) => {
        const layout = layOutSheet({ ...plan, cells: [{ cell }] });
        if (!layout.ok) return;
        const { placed, width, height } = layout.value;
        const right = Math.max(...placed.map(({ x }) => x + cell.width));
        const bottom = Math.max(...placed.map(({ y }) => y + cell.height));
        expect(Math.abs(placed[0]!.x - (width - right))).toBeLessThanOrEqual(1);
        expect(Math.abs(placed[0]!.y - (height - bottom))).toBeLessThanOrEqual(1);
      }),
      { numRuns: 500 },
    );
  });
});
