import { NEEDED_ROSTER_COLUMNS, type RosterColumn } from '@gradshot/domain';
import type { CellMark, PersonFields, RowFault } from '../../ports/rosters/roster-sheets.ts';
import { idNumberFacts, idNumberFault, idNumberKey, isDate } from '../eligibility/id-number.ts';

type Sentence = { readonly zh: string; readonly en: string };

/** A spreadsheet keeps 15 digits of a number and makes zeros of the rest. */
const EXACT_DIGITS = 15;
const DATES: readonly RosterColumn[] = ['CSRQ', 'RXRQ', 'YJBYRQ'];
const NUMBERS: readonly RosterColumn[] = ['XH', 'SFZH', 'KSH'];
const NEEDED: readonly RosterColumn[] = NEEDED_ROSTER_COLUMNS;

const FORMS: Partial<Readonly<Record<RosterColumn, { form: RegExp } & Sentence>>> = {
  XH: { form: /^[\dA-Z-]{2,20}$/i, zh: '学号应为 2–20 位数字或字母', en: 'Not a student number' },
  XM: { form: /^.{1,40}$/u, zh: '姓名超过 40 个字符', en: 'The name is over 40 characters' },
  KSH: { form: /^\d{10,18}$/, zh: '考生号应为 10–18 位数字', en: 'Not an examinee number' },
  XB: { form: /^[男女]$/, zh: '性别应为男或女', en: 'Sex is 男 or 女' },
  ZYDM: { form: /^[\dA-Z]{4,8}$/i, zh: '专业代码应为 4–8 位数字或字母', en: 'Not a major code' },
};
const ID_FAULTS: Readonly<Record<'form' | 'date' | 'check', Sentence>> = {
  form: { zh: '证件号格式不正确', en: 'Not an ID number' },
  date: { zh: '证件号中的出生日期不存在', en: 'The birthday in the ID number does not exist' },
  check: { zh: '证件号校验位不正确，请核对', en: 'The ID number’s check character is wrong' },
};
const EMPTY: Sentence = { zh: '不能为空', en: 'Must not be empty' };
const LOST_DIGITS: Sentence = {
  zh: '以数字格式保存，末几位已丢失，请把整列设为文本后重新填写',
  en: 'Kept as a number, so the last digits are lost: make the column text and fill it in again',
};
const EXPONENT: Sentence = {
  zh: '以科学计数法保存，原来的数字已丢失，请把整列设为文本后重新填写',
  en: 'Kept in exponent form, so its digits are lost: make the column text and fill it in again',
};
const DATE_FORMAT: Sentence = {
  zh: '单元格是日期格式，不是号码，请设为文本后重新填写',
  en: 'The cell is a date, no number: make it text and fill it in again',
};
const WRONG_DATE: Sentence = {
  zh: '日期应为 8 位数字，如 20270630',
  en: 'A date has 8 digits, e.g. 20270630',
};
const MARKED: Readonly<Partial<Record<CellMark, (text: string) => Sentence>>> = {
  error: (text) => ({
    zh: `单元格是错误值 ${text}，请在表格中改正`,
    en: `The cell holds the error ${text}. Mend it in the sheet`,
  }),
  noResult: () => ({
    zh: '公式没有计算结果，请用 Excel 或 WPS 打开、保存后重新上传',
    en: 'The formula has no result in the file. Open and save it in Excel, then upload it again',
  }),
  cut: () => ({ zh: '内容超过 200 个字符', en: 'Longer than 200 characters' }),
};

/** As it is kept: what people write in different ways becomes one. */
export function normalised(
  column: RosterColumn,
  text: string,
  cell: { readonly mark?: CellMark | undefined; readonly from1904?: boolean } = {},
): string {
  const plain = unquoted(text);
  if (NUMBERS.includes(column)) return plain.toUpperCase().replaceAll(/\s/g, '');
  if (column === 'XM') return nameOf(plain);
  if (column === 'XB') return sexOf(plain);
  if (DATES.includes(column)) return dateOf(plain, cell);
  return plain;
}

/** `="0123"` and `'0123`: how people keep a spreadsheet from making a number of it. */
function unquoted(text: string): string {
  const inner = /^=\s*"(.*)"$/.exec(text)?.[1] ?? text;
  return inner.replace(/^['‘’`´]+/, '').trim();
}

/** `张  三` is filled up with spaces to be as wide as three characters. */
const nameOf = (text: string) =>
  /^[\p{Script=Han}\s·]+$/u.test(text) ? text.replaceAll(/\s/g, '') : text.replaceAll(/\s+/g, ' ');

function sexOf(text: string): string {
  if (/^(男|男生|男性|1|M|MALE)$/i.test(text)) return '男';
  return /^(女|女生|女性|2|F|FEMALE)$/i.test(text) ? '女' : text;
}

const DAY =
  /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[\sT]+0{1,2}:00(?::00)?)?$/;
const MONTH = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?$/;
/** Serial days of the years 1927 to 2099, in either system. */
const SERIAL = /^\d{5}(\.0+)?$/;

function dateOf(
  text: string,
  { mark, from1904 }: { readonly mark?: CellMark | undefined; readonly from1904?: boolean },
): string {
  const day = DAY.exec(text);
  if (day) return `${day[1]}${day[2]?.padStart(2, '0')}${day[3]?.padStart(2, '0')}`;
  // 2027.1 may have been 2027.10 before a spreadsheet took it for a number: left as it is.
  if (/^\d{4}\.1$/.test(text)) return text;
  const month = MONTH.exec(text);
  if (month) return `${month[1]}${month[2]?.padStart(2, '0')}`;
  return mark !== 'date' && SERIAL.test(text) ? dayOfSerial(Number(text), from1904 ?? false) : text;
}

/** The day of a spreadsheet's serial number; 1900 is held for a leap year, as in every spreadsheet. */
export function dayOfSerial(serial: number, from1904: boolean): string {
  const first = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30);
  const day = new Date(first + Math.floor(serial) * 86_400_000);
  return day.toISOString().slice(0, 10).replaceAll('-', '');
}

/** `YYYYMM` where only the month is known; the day of a birthday always is. */
function isRosterDate(column: RosterColumn, text: string): boolean {
  return isDate(text) || (column !== 'CSRQ' && /^\d{6}$/.test(text) && isDate(`${text}01`));
}

/** What is wrong with one field. `text` as it is kept, `raw` as the file has it. */
export function fieldFault(
  column: RosterColumn,
  text: string,
  { raw, mark }: { readonly raw: string; readonly mark?: CellMark | undefined },
): Sentence | undefined {
  const marked = mark && MARKED[mark]?.(raw);
  if (marked) return marked;
  if (!text) return NEEDED.includes(column) ? EMPTY : undefined;
  if (NUMBERS.includes(column)) {
    if (mark === 'date') return DATE_FORMAT;
    if (/^\d(\.\d+)?E\+?\d+$/.test(text)) return EXPONENT;
    if (mark === 'number' && text.replace(/\D/g, '').length > EXACT_DIGITS) return LOST_DIGITS;
  }
  if (column === 'SFZH') {
    const fault = idNumberFault(text);
    return fault && ID_FAULTS[fault];
  }
  if (DATES.includes(column)) return isRosterDate(column, text) ? undefined : dateFault(text);
  const rule = FORMS[column];
  return rule && !rule.form.test(text) ? rule : undefined;
}

const dateFault = (text: string): Sentence =>
  /^\d{4}\.1$/.test(text)
    ? {
        zh: `${text} 分不清是 1 月还是 10 月，请写成 8 位数字`,
        en: `${text} may be January or October. Write 8 digits`,
      }
    : WRONG_DATE;

/** Sex and birthday stand in a mainland ID number too. */
export function contradictionOf({ SFZH, XB, CSRQ }: PersonFields): RowFault | undefined {
  const facts = idNumberFacts(SFZH ?? '');
  if (!facts) return undefined;
  if (CSRQ && CSRQ !== facts.birthday)
    return {
      column: 'CSRQ',
      zh: '出生日期与证件号不一致',
      en: 'The birthday differs from the ID number',
    };
  if (XB && (XB === '男') !== facts.male)
    return { column: 'XB', zh: '性别与证件号不一致', en: 'The sex differs from the ID number' };
  return undefined;
}

/** What a person is found by, however the number is written. */
export const KEYS = {
  SFZH: idNumberKey,
  XH: (text: string) => text.toUpperCase(),
  KSH: (text: string) => text,
} as const;
