import * as glossary from './glossary/index.ts';
import { fail, ok, type Result } from './result.ts';

/**
 * How the photos of an export batch are named: 身份证号, 学号, 考生号, 姓名-学号 and what else a portal
 * asks for. A pattern is text with fields in braces, `{XM}-{XH}`; the fields have the names of the 学籍
 * register. `.jpg` follows by itself.
 */
export const NAMING_FIELDS = ['SFZH', 'XH', 'KSH', 'XM'] as const;
export type NamingField = (typeof NAMING_FIELDS)[number];

export const NAMING_FIELD_TEXT: Readonly<
  Record<NamingField, { readonly zh: string; readonly en: string }>
> = {
  SFZH: glossary.idCardNumber,
  XH: glossary.studentNumber,
  KSH: glossary.examineeNumber,
  XM: glossary.personName,
};

/** What portals ask for most; any other pattern may be typed. */
export const USUAL_NAMINGS = ['{SFZH}', '{XH}', '{KSH}', '{XM}-{XH}'] as const;

export const MAX_NAMING_LENGTH = 60;
const MAX_NAME_LENGTH = 120;
/** Between the fields: letters, digits, Chinese, and signs that every file system takes. */
const LITERAL = /^[\p{L}\p{N}_\-.()·]*$/u;
/** In a finished name; a name of a person may have a blank in it. */
const NAME = /^[\p{L}\p{N}_\-.()·（） ]+$/u;
const FIELD = /\{([^{}]*)\}/g;

export type NamingFault = 'empty' | 'tooLong' | 'unknownField' | 'noField' | 'characters';

export const NAMING_FAULT_TEXT: Readonly<
  Record<NamingFault, { readonly zh: string; readonly en: string }>
> = {
  empty: { zh: '请填写命名规则', en: 'Give a pattern' },
  tooLong: { zh: '命名规则太长', en: 'The pattern is too long' },
  unknownField: {
    zh: '只能使用 {SFZH}、{XH}、{KSH}、{XM} 这些字段',
    en: 'Only {SFZH}, {XH}, {KSH} and {XM} are fields',
  },
  noField: { zh: '至少要有一个字段，否则文件名都一样', en: 'Without a field all names are one' },
  characters: {
    zh: '字段之间只能用文字、数字和 - _ . ( ) ·',
    en: 'Between fields only letters, digits and - _ . ( ) ·',
  },
};

/** What is wrong with a pattern; undefined where it can be used. */
export function namingFault(pattern: string): NamingFault | undefined {
  if (pattern.trim() === '') return 'empty';
  if (pattern.length > MAX_NAMING_LENGTH) return 'tooLong';
  const fields = [...pattern.matchAll(FIELD)].map(([, field = '']) => field);
  if (fields.some((field) => !isField(field))) return 'unknownField';
  if (fields.length === 0) return 'noField';
  return LITERAL.test(pattern.replaceAll(FIELD, '')) ? undefined : 'characters';
}

const isField = (text: string): text is NamingField =>
  (NAMING_FIELDS as readonly string[]).includes(text);

/** The fields that a pattern names, each once. */
export function fieldsOfNaming(pattern: string): readonly NamingField[] {
  const named = [...pattern.matchAll(FIELD)].map(([, field = '']) => field);
  return NAMING_FIELDS.filter((field) => named.includes(field));
}

export type NamingFacts = Readonly<Partial<Record<NamingField, string>>>;

/**
 * The name of one photo without its ending, by a pattern that has no fault. Failures:
 * `publishing.fieldMissing`, `publishing.nameUnusable`.
 */
export function exportName(pattern: string, facts: NamingFacts): Result<string> {
  const missing = fieldsOfNaming(pattern).find((field) => !facts[field]?.trim());
  if (missing) return fail('publishing.fieldMissing', { field: NAMING_FIELD_TEXT[missing].zh });
  const name = pattern
    .replaceAll(FIELD, (_, field: NamingField) => facts[field]?.trim() ?? '')
    .normalize('NFC');
  const usable =
    NAME.test(name) &&
    name.length <= MAX_NAME_LENGTH &&
    !name.startsWith('.') &&
    !/[. ]$/.test(name);
  return usable ? ok(name) : fail('publishing.nameUnusable');
}

/** Two names that some file system takes for one have the same key. */
export function exportNameKey(name: string): string {
  return name
    .trim()
    .replace(/\.jpe?g$/i, '')
    .normalize('NFC')
    .toUpperCase();
}
