import * as XLSX from '@e965/xlsx';
import { describe, expect, test } from 'vitest';
import { judgeSheets } from '../src/adapters/roster-files/judged-roster.ts';
import { readSheets } from '../src/adapters/roster-files/read-sheets.ts';
import { gbk, utf16, xlsxWithPassword, zipOfTexts } from './support/roster-bytes.ts';
import { HEADER, IDS, person, type Row } from './support/roster-people.ts';

type Sheets = Readonly<Record<string, XLSX.WorkSheet>>;

const sheet = (rows: readonly Row[], changes: Partial<XLSX.WorkSheet> = {}) =>
  Object.assign(XLSX.utils.aoa_to_sheet(rows.map((row) => [...row])), changes);

function book(
  sheets: Sheets,
  { bookType = 'xlsx' as XLSX.BookType, workbook = {} as XLSX.WBProps } = {},
): Buffer {
  const made = XLSX.utils.book_new();
  for (const [name, content] of Object.entries(sheets))
    XLSX.utils.book_append_sheet(made, content, name);
  made.Workbook = { ...made.Workbook, ...workbook };
  return XLSX.write(made, { type: 'buffer', bookType });
}

const csv = (rows: readonly Row[], delimiter = ',') =>
  rows.map((row) => row.map((cell) => cell ?? '').join(delimiter)).join('\r\n');
const text = (content: string) => Buffer.from(content);
const [a, b, c] = [person(0), person(1), person(2)];
const with1 = (row: Row, changes: Readonly<Record<number, unknown>>): Row =>
  row.map((cell, place) => (place in changes ? (changes[place] as never) : cell));
const merge = (from: string) => XLSX.utils.decode_range(from);

type Kind = {
  readonly name: string;
  readonly file: () => Buffer;
  /** 学号 of those who can be taken. */
  readonly people?: readonly string[];
  /** `sheet!row column` of each fault. */
  readonly bad?: readonly string[];
  /** `sheet!row reason`. */
  readonly aside?: readonly string[];
  readonly empty?: number;
  readonly failure?: string;
};

const ALL = ['20230001', '20231001', '20232001'];
const PLAIN = [HEADER, a, b, c];
const header = (name = '名单') => `${name}!1 header`;

const KINDS: readonly Kind[] = [
  ...(['xlsx', 'xlsm', 'xlsb', 'biff8', 'ods', 'xlml'] as const).map((bookType) => ({
    name: `a plain list as ${bookType}`,
    file: () => book({ 名单: sheet(PLAIN) }, { bookType }),
    people: ALL,
    aside: [header()],
  })),
  {
    name: 'a web page that is called .xls, numbers whole',
    file: () =>
      text(
        `<html><meta charset="utf-8"><table>${PLAIN.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table></html>`,
      ),
    people: ALL,
    aside: [header('Sheet1')],
  },
  { name: 'CSV in UTF-8', file: () => text(csv(PLAIN)), people: ALL, aside: [header('CSV')] },
  {
    name: 'CSV in UTF-8 with a mark',
    file: () => text(`\ufeff${csv(PLAIN)}`),
    people: ALL,
    aside: [header('CSV')],
  },
  { name: 'CSV in GBK', file: () => gbk(csv(PLAIN)), people: ALL, aside: [header('CSV')] },
  {
    name: 'UTF-16 LE with tabs, as Excel saves Unicode text',
    file: () => utf16(`\ufeff${csv(PLAIN, '\t')}`),
    people: ALL,
    aside: [header('CSV')],
  },
  {
    name: 'UTF-16 BE with a mark',
    file: () => utf16(`\ufeff${csv(PLAIN)}`).swap16(),
    people: ALL,
    aside: [header('CSV')],
  },
  {
    name: 'UTF-16 LE without a mark',
    file: () => utf16(csv(PLAIN)),
    people: ALL,
    aside: [header('CSV')],
  },
  {
    name: 'semicolons, a title with commas above',
    file: () => text(`说明,请,勿,改\r\n${csv(PLAIN, ';')}`),
    people: ALL,
    aside: ['CSV!1 aboveHeader', 'CSV!2 header'],
  },
  {
    name: '="…" and \'… around numbers',
    file: () =>
      text(
        csv([
          HEADER,
          with1(a, { 0: '="20230001"', 2: `'${IDS[0]}` }),
          with1(b, { 0: '"=""20231001"""', 2: `${IDS[1]}\t` }),
        ]),
      ),
    people: ALL.slice(0, 2),
    aside: [header('CSV')],
  },
  {
    name: 'every sheet is read',
    file: () =>
      book({ 一班: sheet([HEADER, a]), 说明: sheet([['请用本表']]), 二班: sheet([HEADER, b]) }),
    people: ALL.slice(0, 2),
    aside: ['一班!1 header', '说明!1 sheetLeftOut', '二班!1 header'],
  },
  {
    name: 'a header below a title, a note and empty rows',
    file: () =>
      book({
        名单: sheet([['2027 届毕业生名单'], [], ['填表说明：证件号设为文本'], [], HEADER, a, b, c]),
      }),
    people: ALL,
    aside: ['名单!1 aboveHeader', '名单!3 aboveHeader', '名单!5 header'],
    empty: 2,
  },
  {
    name: 'a header in row 30',
    file: () =>
      book({ 名单: sheet([...Array.from({ length: 29 }, (_, i) => [`说明 ${i}`]), HEADER, a]) }),
    people: ['20230001'],
    aside: [...Array.from({ length: 29 }, (_, i) => `名单!${i + 1} aboveHeader`), '名单!30 header'],
  },
  {
    name: 'other spellings, spaces, line breaks, stars, full width',
    file: () =>
      book({
        名单: sheet([
          [
            '* 学  号',
            '姓 名\n（必填）',
            '身份证件\n号码',
            '高考考生号',
            '性　别',
            '出生年月日',
            '预计毕业时间',
          ],
          a,
        ]),
      }),
    people: ['20230001'],
    aside: [header()],
  },
  {
    name: 'short names in full width',
    file: () => book({ 名单: sheet([['ＸＨ', 'ＸＭ', 'ＳＦＺＨ'], a.slice(0, 3)]) }),
    people: ['20230001'],
    aside: [header()],
  },
  {
    name: 'the name in letters beside the name',
    file: () =>
      book({
        名单: sheet([
          ['姓名拼音', '学号', '学生姓名', '证件号码'],
          ['ZHANG', ...a.slice(0, 3)],
        ]),
      }),
    people: ['20230001'],
    aside: [header()],
  },
  {
    name: 'two header rows, groups merged across',
    file: () =>
      book({
        名单: sheet(
          [
            ['学号', '姓名', '证件', null, '教学单位', null],
            [null, null, '类型', '号码', '学院', '班级'],
            [a[0], a[1], '身份证', a[2], '文学院', '汉语2301'],
          ],
          { '!merges': [merge('A1:A2'), merge('B1:B2'), merge('C1:D1'), merge('E1:F1')] },
        ),
      }),
    people: ['20230001'],
    aside: ['名单!1 header', '名单!2 header'],
  },
  {
    name: 'merged cells fill all their rows',
    file: () =>
      book({
        名单: sheet(
          [
            ['班级', ...HEADER],
            ['软工2301', ...a],
            [null, ...b],
            [null, ...c],
          ],
          { '!merges': [merge('A2:A4')] },
        ),
      }),
    people: ALL,
    aside: [header()],
  },
  {
    name: 'sums, signatures and notes at the end',
    file: () =>
      book({
        名单: sheet([
          HEADER,
          a,
          ['合计', '1 人'],
          [],
          ['填表人：王老师', '', '', '联系电话：010-0'],
          ['共 1 人'],
          ['2026年12月1日'],
        ]),
      }),
    people: ['20230001'],
    aside: [header(), '名单!3 tail', '名单!5 tail', '名单!6 tail', '名单!7 tail'],
    empty: 1,
  },
  {
    name: 'rows that number nobody',
    file: () => book({ 名单: sheet([['序号', ...HEADER], [1, ...a], [2]]) }),
    people: ['20230001'],
    aside: [header(), '名单!3 nobody'],
  },
  {
    name: 'the header again on every page',
    file: () => book({ 名单: sheet([HEADER, a, HEADER, b]) }),
    people: ALL.slice(0, 2),
    aside: [header(), '名单!3 header'],
  },
  {
    name: 'a number instead of a text has lost digits',
    file: () =>
      book({ 名单: sheet([HEADER, with1(a, { 2: Number(IDS[1]?.replace('X', '0')) }), b]) }),
    people: ['20231001'],
    bad: ['名单!2 SFZH'],
    aside: [header()],
  },
  {
    name: 'exponent form in a CSV',
    file: () => text(csv([HEADER, with1(a, { 2: '1.10101E+17' }), with1(b, { 3: '2.3111E+13' })])),
    bad: ['CSV!2 SFZH', 'CSV!3 KSH'],
    aside: [header('CSV')],
  },
  {
    name: 'zeros before 学号: lost by a number, kept by a format',
    file: () => {
      const made = sheet([
        HEADER,
        with1(a, { 0: '00230001' }),
        with1(b, { 0: 231001 }),
        with1(c, { 0: 232001 }),
      ]);
      made.A4 = { t: 'n', v: 232001, z: '00000000' };
      return book({ 名单: made });
    },
    people: ['00230001', '00232001'],
    bad: ['名单!3 XH'],
    aside: [header()],
  },
  {
    name: '男生, female, M',
    file: () => {
      const sex = (row: Row, male: string, female: string) =>
        with1(row, { 4: row[4] === '男' ? male : female });
      return text(csv([HEADER, sex(a, '男生', '女生'), sex(b, 'M', 'F'), sex(c, '男性', '女性')]));
    },
    people: ALL,
    aside: [header('CSV')],
  },
  {
    name: 'months instead of days, in all spellings',
    file: () =>
      text(
        csv([
          HEADER,
          with1(a, { 6: '2027年6月' }),
          with1(b, { 6: '2027.06' }),
          with1(c, { 6: '202706' }),
        ]),
      ),
    people: ALL,
    aside: [header('CSV')],
  },
  {
    name: '2027.1 may be October; a month 13; two digits of a year',
    file: () =>
      text(
        csv([
          HEADER,
          with1(a, { 6: '2027.1' }),
          with1(b, { 6: '202713' }),
          with1(c, { 6: '27/6/30' }),
        ]),
      ),
    bad: ['CSV!2 YJBYRQ', 'CSV!3 YJBYRQ', 'CSV!4 YJBYRQ'],
    aside: [header('CSV')],
  },
  ...([false, true] as const).flatMap((date1904) =>
    (['xlsx', 'biff8', 'xlsb', 'ods'] as const).map((bookType) => ({
      name: `dates of the ${date1904 ? '1904' : '1900'} system in ${bookType}`,
      file: () => {
        const made = sheet([HEADER, with1(a, { 5: '' })]);
        // 2004-03-07
        made.F2 = { t: 'n', v: date1904 ? 36591 : 38053, z: 'yyyy/m/d' };
        return book({ 名单: made }, { bookType, workbook: { WBProps: { date1904 } } as never });
      },
      people: ['20230001'],
      aside: [header()],
    })),
  ),
  {
    name: 'a serial day without the format of a date',
    file: () => book({ 名单: sheet([HEADER, with1(a, { 5: 38053 })]) }),
    people: ['20230001'],
    aside: [header()],
  },
  {
    name: 'results of formulas, also of shared ones; without a result; errors',
    file: () =>
      zipOfTexts({
        '[Content_Types].xml':
          '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        '_rels/.rels':
          '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        'xl/_rels/workbook.xml.rels':
          '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        'xl/workbook.xml':
          '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="名单" sheetId="1" r:id="r1"/></sheets></workbook>',
        'xl/worksheets/sheet1.xml': formulaSheet(),
      }),
    people: ALL.slice(0, 2),
    bad: ['名单!4 XH', '名单!5 XH'],
    aside: [header()],
  },
  {
    name: 'hidden rows and sheets are read',
    file: () =>
      book(
        { 名单: sheet([HEADER, a], { '!rows': [{}, { hidden: true }] }), 隐藏: sheet([HEADER, b]) },
        { workbook: { Sheets: [{}, { Hidden: 1 }] } as never },
      ),
    people: ALL.slice(0, 2),
    aside: [header(), header('隐藏')],
  },
  {
    name: 'the same person in two sheets is one',
    file: () => book({ 一: sheet([HEADER, a, b]), 二: sheet([HEADER, b]) }),
    people: ALL.slice(0, 2),
    aside: [header('一'), header('二'), '二!2 repeated'],
  },
  {
    name: 'who is another in two sheets is neither',
    file: () => book({ 一: sheet([HEADER, a, b]), 二: sheet([HEADER, with1(b, { 1: '改名' })]) }),
    people: ['20230001'],
    bad: ['一!3 SFZH', '一!3 XM', '二!2 SFZH', '二!2 XM'],
    aside: [header('一'), header('二')],
  },
  {
    name: 'two people with one 学号 are neither',
    file: () => text(csv([HEADER, a, with1(b, { 0: '20230001' })])),
    bad: ['CSV!2 XH', 'CSV!3 XH'],
    aside: [header('CSV')],
  },
  {
    name: 'two columns of people in one sheet',
    file: () =>
      book({
        名单: sheet([
          [...HEADER.slice(0, 3), ...HEADER.slice(0, 3)],
          [...a.slice(0, 3), ...b.slice(0, 3)],
          c.slice(0, 3),
        ]),
      }),
    people: ['20232001'],
    bad: ['名单!2 XH'],
    aside: [header()],
  },
  {
    name: 'wrong numbers, empty fields, contradictions',
    file: () =>
      text(
        csv([
          HEADER,
          with1(a, { 1: '', 2: '110101200403071230' }),
          with1(b, { 4: b[4] === '男' ? '女' : '男' }),
          with1(c, { 5: '20041332' }),
        ]),
      ),
    bad: ['CSV!2 SFZH', 'CSV!2 XM', 'CSV!3 XB', 'CSV!4 CSRQ'],
    aside: [header('CSV')],
  },
  {
    name: 'a sheet that names no ID numbers is set aside',
    file: () =>
      book({
        名单: sheet([
          ['学号', '姓名'],
          ['1', '2'],
        ]),
      }),
    aside: ['名单!1 noHeader', '名单!2 noHeader'],
  },
  {
    name: 'names filled up with spaces, signs that nobody sees',
    file: () => text(csv([HEADER, with1(a, { 1: '张  三', 0: '\u200b20230001' })])),
    people: ['20230001'],
    aside: [header('CSV')],
  },
  { name: 'a password', file: () => xlsxWithPassword(), failure: 'roster.protected' },
  {
    name: 'an archive of something else',
    file: () => zipOfTexts({ 'a.jpg': 'x' }),
    failure: 'roster.unreadable',
  },
  {
    name: 'a picture',
    file: () => Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0]),
    failure: 'roster.unreadable',
  },
  {
    name: 'a cut-off workbook',
    file: () => book({ 名单: sheet(PLAIN) }).subarray(0, 900),
    failure: 'roster.unreadable',
  },
  { name: 'an empty file', file: () => Buffer.alloc(0) },
];

function formulaSheet(): string {
  const cells = (number: number, xh: string, row: Row) =>
    `<row r="${number}">${xh}${[row[1], row[2]].map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join('')}</row>`;
  return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${[
    cells(1, '<c r="A1" t="inlineStr"><is><t>学号</t></is></c>', ['', '姓名', '证件号']),
    cells(
      2,
      '<c r="A2"><f t="shared" ref="A2:A3" si="0">20230001+1000*(ROW()-2)</f><v>20230001</v></c>',
      a,
    ),
    cells(3, '<c r="A3"><f t="shared" si="0"/><v>20231001</v></c>', b),
    cells(4, '<c r="A4"><f>A3+1</f></c>', c),
    cells(5, '<c r="A5" t="e"><f>NA()</f><v>#N/A</v></c>', person(3)),
  ].join('')}</sheetData></worksheet>`;
}

describe('rosters as schools send them', () => {
  test('are tried in forty kinds at least', () => expect(KINDS.length).toBeGreaterThanOrEqual(40));

  test.each(KINDS.map((kind) => [kind.name, kind] as const))('%s', (_, kind) => {
    const sheets = readSheets(kind.file());
    if (!sheets.ok) return expect(sheets.code).toBe(kind.failure);
    const { rows, sheets: told } = judgeSheets(sheets.value, {});
    const at = (row: (typeof rows)[number]) => `${told[row.sheet]?.name}!${row.row}`;
    const people = rows.flatMap(({ verdict }) =>
      verdict.kind === 'good' ? [verdict.fields.XH] : [],
    );
    const bad = rows.flatMap((row) =>
      row.verdict.kind === 'bad'
        ? row.verdict.faults.map(({ column }) => `${at(row)} ${column}`)
        : [],
    );
    const aside = rows.flatMap((row) =>
      row.verdict.kind === 'aside' ? [`${at(row)} ${row.verdict.reason}`] : [],
    );
    expect({ people, bad: bad.sort(), aside }).toEqual({
      people: kind.people ?? [],
      bad: kind.bad ?? [],
      aside: kind.aside ?? [],
    });
    expect(told.reduce((sum, { empty }) => sum + empty, 0)).toBe(kind.empty ?? 0);
    expect(kind.failure).toBeUndefined();
    for (const { rows: all, good, bad: wrong, aside: others, empty } of told)
      expect(good + wrong + others + empty).toBe(all);
  });
});
