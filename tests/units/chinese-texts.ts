import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Where the texts of each program stand, and those that all of them share. */
const SOURCES = {
  shared: ['packages/{domain,imaging}/src/**/*.ts'],
  kiosk: ['src/**/*.{ts,tsx}'],
  phone: ['miniprogram/src/**/*.{ts,tsx}'],
  console: ['server/console/src/**/*.{ts,tsx}'],
  // What it says, the clients show: names, descriptions, the heads of an exported table.
  server: ['server/src/**/*.ts'],
};
/**
 * What nobody reads who uses a client, what schools write (the sample's data, the headings of their
 * rosters), and a source that can import nothing.
 */
const LEFT_OUT =
  /\.test\.tsx?$|\/(tests|bench|explain|sample)\/|roster-columns\.ts$|^miniprogram\/src\/app\.config\.ts$/;
const ENGLISH_DICTIONARY = /\/en\.ts$/;
const TWO_CHARACTERS = /\p{Script=Han}{2}/u;
/** A sentence in English that names something in Chinese. */
const ENGLISH = /[A-Za-z]+ [a-z]+/;

export type Owner = keyof typeof SOURCES;
export type ChineseText = {
  readonly owner: Owner;
  /** File and line, from the root. */
  readonly place: string;
  readonly text: string;
};

/** Every literal with two Chinese characters or more in a row in the sources of the programs. */
export function chineseTexts(): readonly ChineseText[] {
  return (Object.keys(SOURCES) as Owner[]).flatMap((owner) =>
    sourcesOf(owner)
      .filter((file) => !ENGLISH_DICTIONARY.test(file))
      .flatMap((file) =>
        literalsIn(file).map(({ line, text }) => ({ owner, place: `${file}:${line}`, text })),
      ),
  );
}

/** The source of every file of a program, joined: for names that are used somewhere in it. */
export function wholeSource(owner: Owner): string {
  return sourcesOf(owner).map(read).join('\n');
}

/** The texts that more than one program writes, or that a program writes and the domain has. */
export function writtenTwice(texts: readonly ChineseText[]): readonly (readonly ChineseText[])[] {
  const groups = new Map<string, readonly ChineseText[]>();
  for (const each of texts) {
    const key = essence(each.text);
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()].filter((same) => new Set(same.map((x) => x.owner)).size > 1);
}

/** What is left when two writings of one sentence are held against each other. */
export function essence(text: string): string {
  return text
    .replace(/\{\{?\w+\}?\}/g, '')
    .replace(/你/g, '您')
    .replace(/[\s\p{P}\p{S}]/gu, '');
}

export function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

function sourcesOf(owner: Owner): readonly string[] {
  return globSync(SOURCES[owner], { cwd: ROOT })
    .map((file) => file.replaceAll(path.sep, '/'))
    .filter((file) => !LEFT_OUT.test(file))
    .sort();
}

function literalsIn(file: string): readonly { line: number; text: string }[] {
  const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true);
  const found: { line: number; text: string }[] = [];
  const visit = (node: ts.Node): void => {
    const text = textOf(node);
    if (text && TWO_CHARACTERS.test(text) && !ENGLISH.test(text))
      found.push({ line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1, text });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/**
 * A blank of a template is marked as a dictionary does it; a word of the domain that it builds in
 * stays visible as a `W`, for the rest of the sentence is then no text of its own.
 */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node) || ts.isJsxText(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  const spans = node.templateSpans.map(({ expression, literal }) => {
    const word = /^(glossary|[A-Z_]+)\b/.test(expression.getText());
    return `${word ? 'W' : '{blank}'}${literal.text}`;
  });
  return [node.head.text, ...spans].join('');
}
