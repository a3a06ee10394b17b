import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { licenceOf } from './licences.ts';
import type { LockedPackage } from './lock-packages.ts';
import { ROOT } from './root.ts';

const LICENCE_FILE = /^(licen[cs]e|copying|notice|copyright|unlicen[cs]e|third.?party)/i;
/** These name the licences of what is compiled into them in their README alone. */
const README_COUNTS = /^@img\/sharp-(libvips|win32)-/;
const GRANT = /permission (is hereby granted|to use, copy)/i;
/** Where the package's author field is a maintainer's, not the owner's. */
const OWNERS: Readonly<Record<string, string>> = {
  '@mediapipe/selfie_segmentation': 'The MediaPipe Authors',
  'onnxruntime-common': 'Microsoft Corporation',
  'onnxruntime-node': 'Microsoft Corporation',
};
const STANDARD = join(import.meta.dirname, 'texts');
/**
 * What their makers hand out beside the program, and the npm package leaves out. Kept by version: another
 * version has other parts, and the build stops until its file is here.
 */
const NOTICES_APART: ReadonlySet<string> = new Set(['onnxruntime-node']);

const authorSchema = z.object({
  author: z.union([z.string(), z.object({ name: z.string() })]).optional(),
  contributors: z.array(z.union([z.string(), z.object({ name: z.string() })])).optional(),
});

/** Undefined: it is for another system and not installed here. */
export function licenceTextOf(one: LockedPackage): string | undefined {
  const text = ownTextOf(one);
  if (text === undefined || !NOTICES_APART.has(one.name)) return text;
  return joined([text, standardText(`${one.name}-${one.version}-ThirdPartyNotices`)]);
}

function ownTextOf(one: LockedPackage): string | undefined {
  const folder = join(ROOT, one.folder);
  if (!existsSync(folder)) return undefined;
  const texts = filesIn(folder, LICENCE_FILE);
  if (README_COUNTS.test(one.name)) return joined([...readmeOf(folder), ...standardTexts(one)]);
  if (texts.length > 0) return joined([...texts, ...companions(one)]);
  const readme = readmeOf(folder).filter((text) => GRANT.test(text));
  if (readme.length > 0) return joined(readme.map(licenceSection));
  return joined([copyrightLine(folder, one), ...standardTexts(one)]);
}

const joined = (texts: readonly string[]) =>
  texts.map((text) => text.replaceAll('\r\n', '\n').trim()).join('\n\n');

const readmeOf = (folder: string) => filesIn(folder, /^readme/i);

function filesIn(folder: string, pattern: RegExp): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map(({ name }) => readFileSync(join(folder, name), 'utf8'));
}

/** From the heading "License" on, or all of it where there is none. */
function licenceSection(readme: string): string {
  const start = readme.search(/^#+ .*licen[cs]e.*$/im);
  return readme.slice(Math.max(0, start));
}

/** The LGPL's text adds to the GPL's, which has to come with it. */
function companions(one: LockedPackage): readonly string[] {
  return licenceOf(one).includes('LGPL') ? [standardText('GPL-3.0')] : [];
}

function standardTexts(one: LockedPackage): readonly string[] {
  const ids = licenceOf(one)
    .split(/ (?:AND|OR) /)
    .map((id) => id.replace('-or-later', ''));
  return [...ids.map(standardText), ...companions(one)];
}

const standardText = (id: string) => readFileSync(join(STANDARD, `${id}.txt`), 'utf8');

function copyrightLine(folder: string, { name }: LockedPackage): string {
  if (OWNERS[name]) return `Copyright (c) ${OWNERS[name]}`;
  const facts = authorSchema.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
  const author = facts.author ?? facts.contributors?.[0];
  const who = typeof author === 'string' ? author : author?.name;
  return `Copyright (c) ${who || `the authors of ${name}`}`;
}
