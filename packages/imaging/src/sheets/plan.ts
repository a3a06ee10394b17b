import { z } from 'zod';
import { type Cell, findCell, findPaper, type Paper } from './catalogue.ts';

/** Marks to cut along: short ones at the corners, or a thin frame around each photo. */
export type CutLines = 'none' | 'ticks' | 'outline';

/** What goes onto one sheet, as data. Lengths in pixels at 300 dpi. */
export type SheetPlan = {
  readonly paper: Paper;
  /** Without a `count`, the kind fills what is left, in turns with the others that do. */
  readonly cells: readonly { readonly cell: Cell; readonly count?: number }[];
  /** Kept free on all four sides: no home printer reaches the paper's edge. */
  readonly margin: number;
  /** Between two photos. */
  readonly gap: number;
  readonly cutLines: CutLines;
  /** One line at the lower edge: a name, a number, a date. */
  readonly caption?: string;
  /** The paper may be turned by 90° when more photos fit; the photos always stand upright. */
  readonly turnPaper: boolean;
};

/** Control characters, fillers and the empty Braille cell: nobody sees them. */
const INVISIBLE = /[\p{C}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/**
 * What is written at the lower edge: one line, without characters that nobody sees (the text
 * renderer refuses some of them, and a text of nothing else); undefined when nothing is left.
 */
export function captionOf({ caption = '' }: SheetPlan): string | undefined {
  const visible = caption.replace(/\s+/g, ' ').replace(INVISIBLE, '');
  return visible.trim() || undefined;
}

const DEFAULTS = { margin: 20, gap: 24, cutLines: 'ticks', turnPaper: true } as const;

/** Which photos a paper holds when nobody says otherwise. */
const USUAL_CELLS: Readonly<Record<string, readonly string[]>> = {
  '5in': ['1in'],
  '6in': ['2in', '1in'],
  a4: ['2in', '1in'],
};

/** The usual sheet of a paper of the catalogue, with anything changed. */
export function usualPlan(
  paperId: keyof typeof USUAL_CELLS,
  changes: Partial<SheetPlan> = {},
): SheetPlan {
  const paper = findPaper(paperId);
  if (!paper) throw new Error(`unknown paper ${paperId}`);
  const cells = (USUAL_CELLS[paper.id] ?? ['1in']).map((id) => ({ cell: findCell(id)! }));
  return { ...DEFAULTS, paper, cells, ...changes };
}

const pixels = z.int().min(0).max(600);
const side = z.int().min(60).max(7200);
const size = { width: side, height: side };
const texts = { zh: z.string().default(''), en: z.string().default('') };

const cellSchema = z.union([
  z.string().transform((id, context) => known(findCell(id), id, context)),
  z.strictObject({ id: z.string().min(1), ...size, ...texts }),
]);

const schema = z.strictObject({
  paper: z.union([
    z.string().transform((id, context) => known(findPaper(id), id, context)),
    z.strictObject({ id: z.string().regex(/^[\w-]+$/), ...size, ...texts }),
  ]),
  cells: z
    .array(z.strictObject({ cell: cellSchema, count: z.int().min(1).max(500).optional() }))
    .min(1)
    .max(20),
  margin: pixels.default(DEFAULTS.margin),
  gap: pixels.default(DEFAULTS.gap),
  cutLines: z.enum(['none', 'ticks', 'outline']).default(DEFAULTS.cutLines),
  caption: z.string().max(200).optional(),
  turnPaper: z.boolean().default(DEFAULTS.turnPaper),
});

function known<T>(found: T | undefined, id: string, context: z.core.$RefinementCtx): T {
  if (found) return found;
  context.issues.push({ code: 'custom', message: `unknown size "${id}"`, input: id });
  return z.NEVER;
}

/**
 * Reads a plan from JSON; papers and cells by their catalogue id or as objects of their own.
 * Throws an Error that names the field that is wrong.
 */
export function parseSheetPlan(json: string): SheetPlan {
  const parsed = schema.safeParse(parseJson(json));
  if (parsed.success) return parsed.data as SheetPlan;
  const [issue] = parsed.error.issues;
  throw new Error(`the sheet is wrong at "${issue!.path.join('.')}": ${issue!.message}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('the sheet is not JSON');
  }
}
