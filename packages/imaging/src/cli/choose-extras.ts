import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Extras } from '../api.ts';
import {
  type IdentityThresholds,
  parseIdentityThresholds,
} from '../identity/identity-thresholds.ts';
import { PAPERS } from '../sheets/catalogue.ts';
import { parseSheetPlan, type SheetPlan, usualPlan } from '../sheets/plan.ts';
import type { CliOptions } from './arguments.ts';
import { type CliInput, isPictureName } from './inputs.ts';

/** What is made beside every photo of a batch. */
export type BatchExtras = {
  /** By the name that the files get. */
  readonly sheets: readonly { readonly name: string; readonly plan: SheetPlan }[];
  readonly caption: string | undefined;
  readonly explain: boolean;
  /** The picture to compare with, by the photo's name in lower case, or one for all under `''`. */
  readonly references: ReadonlyMap<string, string> | undefined;
  readonly identityThresholds: IdentityThresholds | undefined;
};

type Wishes = Pick<CliOptions, 'sheets' | 'caption' | 'explain' | 'reference' | 'thresholds'>;

/** Reads plans and lists references. Throws an Error that says what is wrong. */
export async function chooseExtras(wishes: Wishes): Promise<BatchExtras> {
  const sheets: { name: string; plan: SheetPlan }[] = [];
  for (const wish of wishes.sheets) {
    const sheet = await chooseSheet(wish);
    if (sheets.some(({ name }) => name === sheet.name)) {
      throw new Error(`--sheet: two are named "${sheet.name}"`);
    }
    sheets.push(sheet);
  }
  const { caption, explain, reference, thresholds } = wishes;
  const references = reference === undefined ? undefined : await listReferences(reference);
  const identityThresholds = thresholds === undefined ? undefined : await readBands(thresholds);
  return { sheets, caption, explain, references, identityThresholds };
}

async function readBands(file: string): Promise<IdentityThresholds> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) throw new Error(`--thresholds: no such file: ${file}`);
  return parseIdentityThresholds(text);
}

async function chooseSheet(nameOrFile: string): Promise<{ name: string; plan: SheetPlan }> {
  const paper = PAPERS.find(({ id }) => id === nameOrFile);
  if (paper) return { name: paper.id, plan: usualPlan(paper.id) };
  const text = await readFile(nameOrFile, 'utf8').catch(() => undefined);
  if (text === undefined) {
    const known = PAPERS.map(({ id }) => id).join(', ');
    throw new Error(`--sheet: neither a file nor one of ${known}`);
  }
  return { name: path.parse(nameOrFile).name, plan: parseSheetPlan(text) };
}

async function listReferences(fileOrFolder: string): Promise<Map<string, string>> {
  const found = await stat(fileOrFolder).catch(() => undefined);
  if (!found) throw new Error(`--reference: no such file or folder: ${fileOrFolder}`);
  if (!found.isDirectory()) return new Map([['', fileOrFolder]]);
  const files = (await readdir(fileOrFolder)).filter(isPictureName).sort();
  return new Map(
    files.map((file) => [path.parse(file).name.toLowerCase(), path.join(fileOrFolder, file)]),
  );
}

/** What to make beside one photo, and why the comparison that was asked for must be left out. */
export type PhotoExtras = {
  /** Undefined when nothing. */
  readonly also: Extras | undefined;
  readonly noReference: 'photo.fileMissing' | 'photo.unreadable' | undefined;
};

/** What to ask the engine for with one photo. */
export async function extrasFor(
  { name, file }: CliInput,
  { sheets, caption, explain, references, identityThresholds }: BatchExtras,
): Promise<PhotoExtras> {
  const own = references?.get(path.parse(file).name.toLowerCase()) ?? references?.get('');
  const reference = own === undefined ? undefined : await readFile(own).catch(() => undefined);
  const why = own === undefined ? 'photo.fileMissing' : 'photo.unreadable';
  const noReference = references && !reference ? why : undefined;
  if (sheets.length === 0 && !explain && !reference) return { also: undefined, noReference };
  const plans = sheets.map(({ plan }) => withCaption(plan, caption ?? plan.caption, name));
  const also = {
    ...(explain ? { explain: 'zh' as const } : {}),
    ...(plans.length > 0 ? { sheets: plans } : {}),
    ...(reference ? { reference } : {}),
    ...(reference && identityThresholds ? { identityThresholds } : {}),
  };
  return { also, noReference };
}

function withCaption(plan: SheetPlan, caption: string | undefined, name: string): SheetPlan {
  return caption === undefined ? plan : { ...plan, caption: caption.replaceAll('{name}', name) };
}

/** The same for the same wishes, so that a resumed batch knows what it has. */
export function digestOfExtras(extras: Extras | undefined): string | undefined {
  if (!extras) return undefined;
  const { reference, ...rest } = extras;
  const hash = createHash('sha256').update(JSON.stringify(rest));
  return hash
    .update(reference ?? '')
    .digest('hex')
    .slice(0, 12);
}
