import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';

/** One picture to be made into a standard photo. */
export type CliInput = {
  readonly file: string;
  /** Name of the output files, without extension; no two inputs share a file. */
  readonly name: string;
};

const PICTURE_EXTENSIONS = new Set(['.jpg', '.jpeg', '.png', '.webp', '.heic', '.heif']);

/**
 * Expands folders (not their subfolders), in the order of names. `sheets`: the names of the print
 * sheets that will lie beside every photo.
 */
export async function collectInputs(
  arguments_: readonly string[],
  sheets: readonly string[] = [],
): Promise<CliInput[]> {
  const files: string[] = [];
  for (const argument of arguments_) files.push(...(await expand(argument)));
  return nameOutputs(files, sheets);
}

async function expand(argument: string): Promise<string[]> {
  const found = await stat(argument).catch(() => undefined);
  // a missing file is reported like any other that cannot be read
  if (!found?.isDirectory()) return [argument];
  const entries = await readdir(argument, { withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory() && isPictureName(entry.name))
    .map((entry) => path.join(argument, entry.name))
    .sort();
}

/** Whether a file of a folder claims to be a picture; a named file is always taken at its word. */
export function isPictureName(name: string): boolean {
  return PICTURE_EXTENSIONS.has(path.extname(name).toLowerCase());
}

/**
 * The file's name without its extension; with it where that is taken, then with a number. The
 * 5in sheet of `a` and the photo of `a.5in` would be one file.
 */
function nameOutputs(files: readonly string[], sheets: readonly string[]): CliInput[] {
  const taken = new Set<string>();
  const filesOf = (name: string) =>
    [name, ...sheets.map((sheet) => `${name}.${sheet}`)].map((one) => one.toLowerCase());
  const isTaken = (name: string) => filesOf(name).some((one) => taken.has(one));
  return files.map((file) => {
    const base = path.basename(file);
    let name = path.parse(base).name;
    if (isTaken(name)) name = base;
    for (let n = 2; isTaken(name); n++) name = `${base}-${n}`;
    for (const one of filesOf(name)) taken.add(one);
    return { file, name };
  });
}

/**
 * Throws an Error when a picture lies in the folder of the results, links followed: its photo would
 * be written over it, and the original be lost.
 */
export async function keepApart(inputs: readonly CliInput[], out: string): Promise<void> {
  const results = await realpath(out);
  for (const { file } of inputs) {
    const real = await realpath(file).catch(() => undefined);
    if (real === undefined || path.dirname(real) !== results) continue;
    throw new Error(`--out: ${file} lies there and would be written over; name another folder`);
  }
}
