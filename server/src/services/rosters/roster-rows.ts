import type { RosterResult } from '@gradshot/contract';
import type { RosterCell, RosterRow } from '../../ports/rosters/roster-reader.ts';
import { idNumberFacts, idNumberFault, idNumberKey, isDate } from '../eligibility/id-number.ts';
import type { RosterColumn } from './roster-columns.ts';

export type RowError = RosterResult['errors'][number];
/** Fields of one person; empty ones left out. */
export type Person = {
  readonly row: number;
  readonly fields: Readonly<Partial<Record<RosterColumn, string>>> &
    Readonly<Record<'XH' | 'XM' | 'SFZH', string>>;
};

type Columns = ReadonlyMap<RosterColumn, number>;
type Sentence = { readonly zh: string; readonly en: string };

/** More would help nobody to correct the file. */
const MAX_ERRORS = 500;
/** A spreadsheet keeps 15 digits of a number and makes zeros of the rest. */
const EXACT_DIGITS = 15;

const FORMS: Partial<Readonly<Record<RosterColumn, { form: RegExp } & Sentence>>> = {
  XH: { form: /^[\dA-Z-]{2,20}$/i, zh: '学号应为 2–20 位数字或字母', en: 'Not a student number' },
  XM: { form: /^.{1,40}$/u, zh: '姓名超过 40 个字符', en: 'The name is over 40 characters' },
  KSH: { form: /^\d{10,18}$/, zh: '考生号应为 10–18 位数字', en: 'Not an examinee number' },
  XB: { form: /^(男|女|1|2|男性|女性)$/, zh: '性别应为男或女', en: 'Sex is 男 or 女' },
  ZYDM: { form: /^[\dA-Z]{4,8}$/i, zh: '专业代码应为 4–8 位数字或字母', en: 'Not a major code' },
};
const DATES: readonly RosterColumn[] = ['CSRQ', 'RXRQ', 'YJBYRQ'];
const NEEDED: readonly RosterColumn[] = ['XH', 'XM', 'SFZH'];
const ID_FAULTS: Readonly<Record<'form' | 'date' | 'check', Sentence>> = {
  form: { zh: '证件号格式不正确', en: 'Not an ID number' },
  date: { zh: '证件号中的出生日期不存在', en: 'The birthday in the ID number does not exist' },
  check: { zh: '证件号校验位不正确，请核对', en: 'The ID number’s check character is wrong' },
};

/** Every row's person, and everything that is wrong with the rows. */
export function readPeople(
  rows: readonly RosterRow[],
  columns: Columns,
): { readonly people: Person[]; readonly errors: RowError[] } {
  const errors: RowError[] = [];
  const people = rows.map((row) => {
    const person = personOf(row, columns);
    errors.push(...rowErrors(row, person, columns));
    return person;
  });
  errors.push(...repeated(people, 'SFZH'), ...repeated(people, 'XH'), ...repeated(people, 'KSH'));
  errors.sort((a, b) => a.row - b.row);
  return { people, errors: errors.slice(0, MAX_ERRORS) };
}

const cellAt = (row: RosterRow, place: number | undefined): RosterCell | undefined =>
  place === undefined ? undefined : row.cells[place];

function personOf(row: RosterRow, columns: Columns): Person {
  const fields: Partial<Record<RosterColumn, string>> = {};
  for (const [column, place] of columns) {
    const text = normalised(column, cellAt(row, place)?.text ?? '');
    if (text) fields[column] = text;
  }
  return { row: row.row, fields: { XH: '', XM: '', SFZH: '', ...fields } };
}

function normalised(column: RosterColumn, text: string): string {
  if (column === 'SFZH') return text.toUpperCase().replaceAll(/\s/g, '');
  // 2003-09-01, 2003/9/1, 2003年9月1日
  const date = DATES.includes(column) && /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text);
  return date ? `${date[1]}${date[2]?.padStart(2, '0')}${date[3]?.padStart(2, '0')}` : text;
}

function rowErrors(row: RosterRow, { fields }: Person, columns: Columns): RowError[] {
  const found: RowError[] = [];
  const report = (column: RosterColumn, sentence: Sentence) =>
    found.push({ row: row.row, column, zh: sentence.zh, en: sentence.en });
  for (const [column, place] of columns) {
    const fault = fieldFault(column, fields[column] ?? '', cellAt(row, place));
    if (fault) report(column, fault);
  }
  const contradiction = found.some(({ column }) => column === 'SFZH')
    ? undefined
    : contradictionOf(fields);
  if (contradiction) report(contradiction.column, contradiction);
  return found;
}

function fieldFault(
  column: RosterColumn,
  text: string,
  cell: RosterCell | undefined,
): Sentence | undefined {
  if (!text)
    return NEEDED.includes(column) ? { zh: '不能为空', en: 'Must not be empty' } : undefined;
  if (cell?.numeric && text.replace(/\D/g, '').length > EXACT_DIGITS)
    return {
      zh: '以数字格式保存，末几位已丢失，请把整列设为文本后重新填写',
      en: 'Kept as a number, so the last digits are lost: make the column text and fill it in again',
    };
  if (column === 'SFZH') {
    const fault = idNumberFault(text);
    return fault && ID_FAULTS[fault];
  }
  if (DATES.includes(column))
    return isDate(text)
      ? undefined
      : { zh: '日期应为 8 位数字，如 20270630', en: 'A date has 8 digits, e.g. 20270630' };
  const rule = FORMS[column];
  return rule && !rule.form.test(text) ? rule : undefined;
}

/** Sex and birthday stand in a mainland ID number too. */
function contradictionOf({
  SFZH,
  XB,
  CSRQ,
}: Person['fields']): (Sentence & { column: RosterColumn }) | undefined {
  const facts = idNumberFacts(SFZH);
  if (!facts) return undefined;
  if (CSRQ && CSRQ !== facts.birthday)
    return {
      column: 'CSRQ',
      zh: '出生日期与证件号不一致',
      en: 'The birthday differs from the ID number',
    };
  if (XB && /^(男|1)/.test(XB) !== facts.male)
    return { column: 'XB', zh: '性别与证件号不一致', en: 'The sex differs from the ID number' };
  return undefined;
}

/** What a person is found by, however the number is written. */
export const KEYS = {
  SFZH: idNumberKey,
  XH: (text: string) => text.toUpperCase(),
  KSH: (text: string) => text,
} as const;

/** Nobody stands in a register twice. */
function repeated(people: readonly Person[], column: keyof typeof KEYS): RowError[] {
  const first = new Map<string, number>();
  return people.flatMap(({ row, fields }) => {
    const key = KEYS[column](fields[column] ?? '');
    if (!key) return [];
    const before = first.get(key);
    if (before === undefined) {
      first.set(key, row);
      return [];
    }
    return [{ row, column, zh: `与第 ${before} 行重复`, en: `The same as in row ${before}` }];
  });
}
