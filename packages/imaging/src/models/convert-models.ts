import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { errorSentence } from '@gradshot/domain';
import { CONVERTIBLE_MODELS, type ConvertibleModel } from './catalogue.ts';
import {
  MANIFEST_FILE,
  type ModelEntry,
  type ModelManifest,
  readManifestForm,
  sha256,
} from './manifest.ts';

/** Raise it when the converters' output changes; the golden tests notice when it was forgotten. */
const CONVERTER_VERSION = 1;

export type ConversionOutcome = { readonly written: readonly string[]; readonly current: number };

/**
 * Brings the models in `folder` up to date: converts those whose source files, converter version
 * or own bytes differ from what the manifest records, and rewrites the manifest. Entries that were
 * dropped in (such as a matting model) stay as they are. `force`: convert all. Rejects, and changes
 * nothing, when there is a manifest that cannot be read.
 */
export async function convertModels(folder: string, force = false): Promise<ConversionOutcome> {
  mkdirSync(folder, { recursive: true });
  const known = await readManifestForm(folder);
  // Written anew, it would lose the entry that somebody has just got wrong.
  if (!known.ok && known.error.code !== 'imaging.modelMissing') {
    throw new Error(errorSentence(known.error, 'en'));
  }
  const manifest =
    known.ok && known.value.converter === CONVERTER_VERSION ? known.value : undefined;
  const written: string[] = [];
  const entries = CONVERTIBLE_MODELS.map((model) => {
    const source = hashFiles(model.sources());
    const old = manifest?.models.find(({ role }) => role === model.role);
    if (!force && old && isCurrent(folder, old, model, source)) return old;
    written.push(model.file);
    return convertModel(folder, model, source);
  });
  const dropped = known.ok ? known.value.models.filter((entry) => entry.source === undefined) : [];
  writeManifest(folder, {
    schema: 1,
    converter: CONVERTER_VERSION,
    models: [...entries, ...dropped],
  });
  return { written, current: entries.length - written.length };
}

/** The model's bytes and its manifest entry, without touching the disk. */
export function convertInMemory(
  model: ConvertibleModel,
  source = hashFiles(model.sources()),
): { bytes: Uint8Array; entry: ModelEntry } {
  const graph = model.convert();
  const bytes = graph.encode();
  const entry: ModelEntry = {
    role: model.role,
    file: model.file,
    sha256: sha256(bytes),
    version: model.version,
    input: model.input,
    outputs: graph.outputs.map(({ name, shape }) => ({
      name,
      shape: [...shape],
      activation: 'none',
    })),
    licence: model.licence,
    origin: model.origin,
    source,
  };
  return { bytes, entry };
}

function convertModel(folder: string, model: ConvertibleModel, source: string): ModelEntry {
  const { bytes, entry } = convertInMemory(model, source);
  writeWhole(path.join(folder, model.file), bytes);
  return entry;
}

function isCurrent(
  folder: string,
  old: ModelEntry,
  model: ConvertibleModel,
  source: string,
): boolean {
  const file = path.join(folder, model.file);
  return (
    old.source === source &&
    old.version === model.version &&
    old.file === model.file &&
    existsSync(file) &&
    sha256(readFileSync(file)) === old.sha256
  );
}

function hashFiles(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex');
}

function writeManifest(folder: string, manifest: ModelManifest): void {
  const file = path.join(folder, MANIFEST_FILE);
  const text = `${inlineNumberLists(JSON.stringify(manifest, null, 2))}\n`;
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeWhole(file, text);
}

/** Puts lists of numbers on one line, as the repository's formatter does. */
function inlineNumberLists(json: string): string {
  return json.replace(
    /\[\s+([-\d.,\s]+?)\s+\]/g,
    (_, list: string) => `[${list.replace(/\s+/g, ' ')}]`,
  );
}

/** Writes beside the target and renames, so that a reader never sees half a file. */
function writeWhole(file: string, content: Uint8Array | string): void {
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, content);
  renameSync(temporary, file);
}
