import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { PhotoProfile, StandardizationReport } from '@gradshot/domain';
import type { Standardized } from '../api.ts';
import { recordedVersion } from '../engine/version.ts';
import type { CliInput } from './inputs.ts';

/** What NAME.json holds: the report, the file it came from, and where the photo is. */
export type PhotoRecord = Omit<StandardizationReport, 'output'> & {
  readonly file: string;
  readonly output?: NonNullable<StandardizationReport['output']> & { readonly path: string };
};

/** Writes NAME.jpg, then NAME.json: a record is there only when its photo is. */
export async function writeOutputs(
  folder: string,
  { file, name }: CliInput,
  { report, jpeg }: Standardized,
): Promise<PhotoRecord> {
  const { output, ...rest } = report;
  const photo = path.join(folder, `${name}.jpg`);
  if (jpeg) await writeWhole(photo, jpeg);
  const record = { file, ...rest, ...(output ? { output: { path: photo, ...output } } : {}) };
  await writeWhole(path.join(folder, `${name}.json`), `${JSON.stringify(record, null, 2)}\n`);
  return record;
}

/** Writes beside the target and renames, so that an interrupted run leaves nothing half done. */
async function writeWhole(file: string, content: Uint8Array | string): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  await writeFile(temporary, content);
  await rename(temporary, file);
}

/** The record of an earlier run that would come out the same now, or undefined. */
export async function finishedRecord(
  folder: string,
  { file, name }: CliInput,
  profile: PhotoProfile,
): Promise<PhotoRecord | undefined> {
  const text = await readFile(path.join(folder, `${name}.json`), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const record = JSON.parse(text) as PhotoRecord;
    const same = record.file === file && record.engineVersion === recordedVersion(profile);
    return same ? record : undefined;
  } catch {
    return undefined;
  }
}
