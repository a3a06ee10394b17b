import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

/** One picture to be made into a standard photo. */
export type CliInput = {
  readonly file: string;
  /** Name of the output files, without extension; no two inputs share one. */
  readonly name: string;
};

/** Files of a folder that claim to be pictures; a named file is always taken at its word. */
const PICTURE_EXTENSIONS = new Set(['.jpg', '.jpeg', '.png', '.webp', '.heic', '.heif']);

/** Expands folders (not their subfolders), in the order of names. */
export async function collectInputs(arguments_: readonly string[]): Promise<CliInput[]> {
  const files: string[] = [];
  for (const argument of arguments_) files.push(...(await expand(argument)));
  return nameOutputs(files);
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

function isPictureName(name: string): boolean {
  return PICTURE_EXTENSIONS.has(path.extname(name).toLowerCase());
}

/** The file's name without its extension; with it where that is taken, then with a number. */
function nameOutputs(files: readonly string[]): CliInput[] {
  const taken = new Set<string>();
  return files.map((file) => {
    const base = path.basename(file);
    let name = path.parse(base).name;
    if (taken.has(name.toLowerCase())) name = base;
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${base}-${n}`;
    taken.add(name.toLowerCase());
    return { file, name };
  });
}
