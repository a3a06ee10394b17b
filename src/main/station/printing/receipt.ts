import { glossary, isIn, type Journey, type Language } from '@gradshot/domain';
import type { OrderView } from '../../../shared/index.ts';
import type { PrintDocument } from '../api.ts';
import { html } from './markup.ts';
import { ROLL_MARGIN_MM, ROLL_MM } from './paper.ts';
import { printDocument } from './print-document.ts';
import { dayOnPaper, methodText, momentOnPaper, type PaidBy, PRINT_TEXT } from './print-words.ts';

/** What a 凭条 tells: nothing that is not on the screen too, and no number of an ID, no photo. */
export type ReceiptFacts = {
  readonly order: Pick<OrderView, 'orderNo' | 'school' | 'priceFen' | 'promisedAt'>;
  readonly journey: Journey;
  readonly maskedName: string;
  readonly station: string;
  /** Undefined where it was paid before, or elsewhere. */
  readonly paidBy: PaidBy | undefined;
  readonly at: number;
  readonly language: Language;
};

const TEXT_MM = 3.4;
const LINE = 1.45;
const LABEL_MM = 20;
const HEAD_MM = 24;
const ROW_GAP_MM = 1;
/** Rules, gaps between the blocks, and what a printer cuts off. */
const REST_MM = 30;

const CSS = `
body { width: ${ROLL_MM}mm; padding: 4mm ${ROLL_MARGIN_MM}mm; font-size: ${TEXT_MM}mm; line-height: ${LINE}; }
header { padding-bottom: 3mm; border-bottom: 0.3mm solid #000; text-align: center; }
h1 { font-size: 5.4mm; line-height: 1.3; letter-spacing: 0.3mm; }
dl { padding: 2.5mm 0; border-bottom: 0.3mm dashed #000; }
dl div { display: flex; padding-bottom: ${ROW_GAP_MM}mm; }
dt { flex: none; width: ${LABEL_MM}mm; }
dd { flex: 1; min-width: 0; font-weight: 600; }
h2 { padding-top: 2.5mm; font-size: ${TEXT_MM}mm; }
.small { padding-top: 2.5mm; }`;

/** 凭条 on the roll of a receipt printer, as long as what stands on it. */
export function receipt(facts: ReceiptFacts): PrintDocument {
  const { order, journey, language } = facts;
  const { text } = journey;
  const next = language === 'zh' ? text.nextZh : text.nextEn;
  const rows = rowsOf(facts);
  const how = PRINT_TEXT.seeResultHow[language];
  const page = { widthMm: ROLL_MM, heightMm: lengthOf(facts, rows, [next, how]) };
  const body = html`<header><p>${glossary.programName[language]}</p><h1>${PRINT_TEXT.receipt[language]}</h1><p>${order.school}</p><p>${facts.station}</p></header>
<dl>${rows.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>
<p class="small">${next}</p>
<h2>${PRINT_TEXT.seeResult[language]}</h2><p>${how}</p>
<p class="small">${PRINT_TEXT.keepIt[language]}</p>`;
  return printDocument({
    ...{
      title: PRINT_TEXT.receipt[language],
      fileName: `${PRINT_TEXT.receipt.zh}-${order.orderNo}.pdf`,
    },
    ...{ page, language, css: CSS, body },
  });
}

type Row = readonly [label: string, value: string];

function rowsOf({
  order,
  journey,
  maskedName,
  paidBy,
  at,
  language,
}: ReceiptFacts): readonly Row[] {
  const { promisedAt } = order;
  const inReview = journey.step === 'handedIn' || isIn(journey.state, 'review');
  const promise = promisedAt
    ? glossary.reviewDoneBy[language](dayOnPaper(promisedAt, language))
    : glossary.reviewTakes[language];
  return [
    [glossary.orderNo[language], order.orderNo],
    [glossary.personName[language], maskedName],
    [glossary.fee[language], `¥${(order.priceFen / 100).toFixed(2)}`],
    [PRINT_TEXT.method[language], methodText(paidBy, language)],
    ...(paidBy?.method === 'cash'
      ? [[glossary.receiptNo[language], paidBy.receiptNo] as const]
      : []),
    [PRINT_TEXT.photo[language], language === 'zh' ? journey.text.zh : journey.text.en],
    ...(inReview ? [[glossary.waitForReview[language], promise] as const] : []),
    [PRINT_TEXT.printedAt[language], momentOnPaper(at, language)],
  ];
}

/** Rather a little too long: what does not fit would come out as a second strip. */
function lengthOf(facts: ReceiptFacts, rows: readonly Row[], texts: readonly string[]): number {
  const width = ROLL_MM - 2 * ROLL_MARGIN_MM;
  const heads = [facts.order.school, facts.station];
  const lines =
    [...heads, ...texts].reduce((sum, text) => sum + linesOf(text, width), 0) +
    rows.reduce(
      (sum, [label, value]) =>
        sum + Math.max(linesOf(label, LABEL_MM), linesOf(value, width - LABEL_MM)),
      0,
    );
  return Math.ceil(HEAD_MM + REST_MM + lines * TEXT_MM * LINE + rows.length * ROW_GAP_MM);
}

const FIRST_WIDE = 0x2e80;
/** Of a wide letter's width: bold capitals are the widest of the narrow ones. */
const NARROW = 0.72;

function linesOf(text: string, widthMm: number): number {
  const letters = [...text];
  const wide = letters.filter((letter) => letter.codePointAt(0)! >= FIRST_WIDE).length;
  const length = (wide + (letters.length - wide) * NARROW) * TEXT_MM;
  // A line ends before the word that would go over its edge.
  return Math.max(1, Math.ceil((length * 1.12) / widthMm));
}
