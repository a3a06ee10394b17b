import {
  DESK_PAYMENT_TEXT,
  type Language,
  PHOTO_STEP_TEXT,
  RELEASE_CAUSES,
} from '@gradshot/domain';
import {
  type DayReport,
  refusalText,
  type SheetPaper,
  DAY_REPORT_TEXT as TEXT,
} from '../../../shared/index.ts';
import type { PrintDocument } from '../api.ts';
import { html } from './markup.ts';
import { upright } from './paper.ts';
import { printDocument } from './print-document.ts';
import { momentOnPaper, PRINT_TEXT } from './print-words.ts';

export type ReportFacts = {
  readonly report: DayReport;
  readonly station: string;
  readonly school: string;
  readonly paper: SheetPaper;
  readonly at: number;
  readonly language: Language;
};

/** Of the text, in millimetres: photo paper is small. */
const TEXT_MM: Readonly<Record<SheetPaper, number>> = { '5in': 2.3, '6in': 2.5, a4: 3.7 };

/** 当日汇总 on whatever paper the printer has, over as many pages as it takes. */
export function reportPage(facts: ReportFacts): PrintDocument {
  const { report, language, paper } = facts;
  const page = upright(paper);
  const title = TEXT.title[language];
  const tables = tablesOf(report, language);
  const [main, others] = [tables.slice(0, 1), tables.slice(1)];
  return printDocument({
    ...{ title, fileName: `gradshot-${report.day}.pdf`, page, language },
    css: css(paper),
    body: html`<header><h1>${title}　${report.day}</h1><p>${facts.school}　${facts.station}</p></header>
${main.map(table)}<main>${others.map(table)}</main>
<footer>${PRINT_TEXT.printedAt[language]} ${momentOnPaper(facts.at, language)}</footer>`,
  });
}

type Row = readonly [name: string, ...figures: readonly (string | number)[]];
type Table = { readonly title?: string; readonly rows: readonly Row[] };

function tablesOf(report: DayReport, language: Language): readonly Table[] {
  const { visits, handedIn } = report;
  const tables: readonly Table[] = [
    {
      rows: [
        [TEXT.handedIn[language], handedIn],
        [TEXT.visits[language], visits],
        [TEXT.leftWithout[language], visits - handedIn],
        [TEXT.takesMean[language], figure(report.takesMean)],
        [TEXT.secondsMedian[language], figure(report.secondsMedian)],
        [TEXT.secondsSlowest[language], figure(report.secondsSlowest)],
        ...report.takings.map(
          ({ method, count, fen }): Row => [
            DESK_PAYMENT_TEXT[method][language],
            `${count}　¥${(fen / 100).toFixed(2)}`,
          ],
        ),
        [TEXT.waiting[language], report.waiting],
        [TEXT.parked[language], report.parked],
      ],
    },
    {
      title: TEXT.hours[language],
      rows: report.hours.map(({ hour, handedIn: count }) => [`${hour}:00`, count]),
    },
    {
      title: TEXT.photos[language],
      rows: report.photos.map(({ step, count }) => [PHOTO_STEP_TEXT[step][language], count]),
    },
    {
      title: TEXT.refusals[language],
      rows: report.refusals.map(({ code, count }) => [refusalText(code)[language], count]),
    },
    {
      title: TEXT.releases[language],
      rows: report.releases.map(({ cause, count }) => [RELEASE_CAUSES[cause][language], count]),
    },
  ];
  return tables.filter(({ rows }) => rows.length > 0);
}

const table = ({ title, rows }: Table) =>
  html`<section>${title === undefined ? undefined : html`<h2>${title}</h2>`}<table>${rows.map(
    ([name, ...figures]) =>
      html`<tr><th>${name}</th>${figures.map((value) => html`<td>${value}</td>`)}</tr>`,
  )}</table></section>`;

const figure = (value: number | null) => (value === null ? '—' : Math.round(value * 10) / 10);

function css(paper: SheetPaper): string {
  const text = TEXT_MM[paper];
  return `
/* On each of its pages: a printer that is told of no margins takes none from the page either. */
body {
  padding: ${4 * text}mm ${4.5 * text}mm; box-decoration-break: clone;
  font-size: ${text}mm; line-height: 1.45;
}
h1 { font-size: ${1.7 * text}mm; }
header { padding-bottom: ${text}mm; border-bottom: 0.3mm solid #000; }
main { columns: ${paper === 'a4' ? 2 : 1}; column-gap: ${3 * text}mm; }
section { padding-top: ${1.6 * text}mm; }
h2 { padding-bottom: ${0.3 * text}mm; font-size: ${1.15 * text}mm; break-after: avoid; }
table { width: 100%; border-collapse: collapse; }
tr { break-inside: avoid; }
th, td { padding: ${0.3 * text}mm 0; border-bottom: 0.15mm solid #bbb; font-weight: 400; text-align: left; }
td { padding-left: ${text}mm; font-weight: 600; text-align: right; white-space: nowrap; }
footer { padding-top: ${1.6 * text}mm; }`;
}
