import { SHEET_LAYOUTS, type SheetLayout } from '@gradshot/contract';
import { layOutSheet, portraitFromPhoto, renderSheet, usualPlan } from '@gradshot/imaging';
import type { SheetFacts, SheetMaker } from '../ports/downloads/sheet-maker.ts';

/**
 * Print sheets of the approved standard photo itself: what is printed is exactly what was
 * approved, also when the engine has changed since.
 */
export function createSheetMaker(): SheetMaker {
  const catalogue = SHEET_LAYOUTS.map(factsOf);
  return {
    catalogue: () => catalogue,
    async make(layout, { standard, profile, faceCentreX }) {
      const portrait = portraitFromPhoto(standard, profile, faceCentreX);
      const sheet = await renderSheet(portrait, usualPlan(layout));
      if (!sheet.ok) throw new Error(`the usual sheet ${layout}: ${sheet.error.code}`);
      return sheet.value.jpeg;
    },
  };
}

function factsOf(layout: SheetLayout): SheetFacts {
  const plan = usualPlan(layout);
  const laid = layOutSheet(plan);
  if (!laid.ok) throw new Error(`the usual sheet ${layout}: ${laid.error.code}`);
  const { width, height, placed } = laid.value;
  const cells = plan.cells.map(({ cell }) => cell);
  return {
    layout,
    zh: `${plan.paper.zh}（${cells.map((cell) => cell.zh).join('、')}）`,
    en: `${plan.paper.en} (${cells.map((cell) => cell.en).join(', ')})`,
    width,
    height,
    copies: placed.length,
  };
}
