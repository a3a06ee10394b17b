import type { Language } from '@gradshot/domain';
import type { PrinterTask, SheetPaper } from '../../../shared/index.ts';
import type { PrintDocument } from '../api.ts';
import { html } from './markup.ts';
import { across, ROLL_MARGIN_MM, ROLL_MM } from './paper.ts';
import { type PageSize, printDocument } from './print-document.ts';
import { momentOnPaper, PRINT_TEXT } from './print-words.ts';

type TestFacts = {
  readonly task: PrinterTask;
  readonly paper: SheetPaper;
  readonly printer: string;
  readonly station: string;
  readonly at: number;
  readonly language: Language;
};

/** Short enough for every driver that knows its roll only in lengths. */
const ROLL_PAGE: PageSize = { widthMm: ROLL_MM, heightMm: 120 };

/** Shows whether paper, size and edges are right: a square to be measured, and a line along the edge. */
export function testPage(facts: TestFacts): PrintDocument {
  const { task, language, printer, station, at } = facts;
  const page = task === 'receipt' ? ROLL_PAGE : across(facts.paper);
  const title = PRINT_TEXT.testPage[language];
  return printDocument({
    ...{ title, fileName: 'gradshot-test.pdf', page, language },
    css: css(task, page),
    body: html`<main><div class="square">50 mm</div><div class="words"><h1>${title}</h1><p>${station}</p><p>${printer}</p><p>${momentOnPaper(at, language)}</p><p>${PRINT_TEXT.measure[language]}</p><p>${PRINT_TEXT.measureEdge[language]}</p></div></main>`,
  });
}

const EDGE_MM = 3;

function css(task: PrinterTask, { widthMm, heightMm }: PageSize): string {
  const roll = task === 'receipt';
  const edge = roll ? ROLL_MARGIN_MM : EDGE_MM;
  return `
body { font-size: ${roll ? 3.2 : 3}mm; line-height: 1.4; }
main {
  display: flex; flex-direction: ${roll ? 'column' : 'row'}; align-items: center; gap: 4mm; overflow: hidden;
  width: ${widthMm - 2 * edge}mm; height: ${heightMm - 2 * edge}mm; margin: ${edge}mm; padding: 4mm;
  border: 0.3mm dashed #000; break-inside: avoid;
}
.square { display: grid; flex: none; place-items: center; width: 50mm; height: 50mm; border: 0.3mm solid #000; }
.words { min-width: 0; }
h1 { font-size: 4.5mm; }`;
}
