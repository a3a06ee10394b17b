import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { PhotoProfile, StandardizationReport } from '@gradshot/domain';
import type { EngineInfo, Standardized } from '../api.ts';
import { recordedVersion } from '../engine/version.ts';
import type { BatchExtras } from './choose-extras.ts';
import type { CliInput } from './inputs.ts';

/** A comparison, or why there is none. */
type IdentityRecord = {
  readonly band?: string;
  readonly score?: number;
  readonly model?: string;
  readonly warning?: string;
  readonly code?: string;
};

type SheetRecord = {
  readonly sheet: string;
  readonly jpeg?: string;
  readonly pdf?: string;
  readonly copies?: number;
  readonly code?: string;
};

/** What NAME.json holds: the report, the file it came from, and where the files are. */
export type PhotoRecord = Omit<StandardizationReport, 'output'> & {
  readonly file: string;
  readonly output?: NonNullable<StandardizationReport['output']> & { readonly path: string };
  readonly explanation?: string;
  readonly sheets?: readonly SheetRecord[];
  readonly identity?: IdentityRecord;
  /** Digest of what was asked for beside the photo. */
  readonly extras?: string;
};

export type Target = {
  readonly folder: string;
  readonly input: CliInput;
  readonly extras: BatchExtras;
  readonly extrasDigest: string | undefined;
};

/** Writes all files of a photo, NAME.json last: a record is there only when its files are. */
export async function writeOutputs(target: Target, made: Standardized): Promise<PhotoRecord> {
  const { folder, input, extrasDigest } = target;
  const { output, ...rest } = made.report;
  const at = (ending: string) => path.join(folder, `${input.name}${ending}`);
  if (made.jpeg) await writeWhole(at('.jpg'), made.jpeg);
  if (made.explanation) await writeWhole(at('.explain.png'), made.explanation);
  const sheets = await writeSheets(target, made);
  const record: PhotoRecord = {
    file: input.file,
    ...rest,
    ...(output ? { output: { path: at('.jpg'), ...output } } : {}),
    ...(made.explanation ? { explanation: at('.explain.png') } : {}),
    ...(sheets ? { sheets } : {}),
    ...(made.identity ? { identity: describeIdentity(made.identity) } : {}),
    ...(extrasDigest ? { extras: extrasDigest } : {}),
  };
  await writeWhole(at('.json'), `${JSON.stringify(record, null, 2)}\n`);
  return record;
}

async function writeSheets(
  { folder, input, extras }: Target,
  { sheets }: Standardized,
): Promise<SheetRecord[] | undefined> {
  if (!sheets) return undefined;
  const records: SheetRecord[] = [];
  for (const [index, { name }] of extras.sheets.entries()) {
    const made = sheets[index]!;
    if (!made.ok) {
      records.push({ sheet: name, code: made.error.code });
      continue;
    }
    const base = path.join(folder, `${input.name}.${name}`);
    await writeWhole(`${base}.jpg`, made.value.jpeg);
    await writeWhole(`${base}.pdf`, made.value.pdf);
    const files = { jpeg: `${base}.jpg`, pdf: `${base}.pdf` };
    records.push({ sheet: name, ...files, copies: made.value.copies });
  }
  return records;
}

function describeIdentity(identity: NonNullable<Standardized['identity']>): IdentityRecord {
  if (!identity.ok) return { code: identity.error.code };
  const { band, score, model, warning } = identity.value;
  return { band, score: Math.round(score * 1000) / 1000, model, warning: warning.zh };
}

/** Writes beside the target and renames, so that an interrupted run leaves nothing half done. */
async function writeWhole(file: string, content: Uint8Array | string): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  await writeFile(temporary, content);
  await rename(temporary, file);
}

/** The record of an earlier run that would come out the same now, or undefined. */
export async function finishedRecord(
  { folder, input, extrasDigest }: Target,
  profile: PhotoProfile,
  { models }: EngineInfo,
): Promise<PhotoRecord | undefined> {
  const file = path.join(folder, `${input.name}.json`);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const record = JSON.parse(text) as PhotoRecord;
    const same =
      record.file === input.file &&
      record.extras === extrasDigest &&
      record.engineVersion === recordedVersion(profile, models);
    return same ? record : undefined;
  } catch {
    return undefined;
  }
}
