import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { PhotoProfile, StandardizationReport } from '@gradshot/domain';
import type { EngineInfo, Standardized } from '../api.ts';
import { recordedVersion } from '../engine/version.ts';
import type { BatchExtras, PhotoExtras } from './choose-extras.ts';
import type { CliInput } from './inputs.ts';

/** A comparison, or why there is none. */
type IdentityRecord = {
  readonly band?: string;
  readonly score?: number;
  readonly model?: string;
  /** What the bands were fitted on. */
  readonly basis?: string;
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

/** What tells one state of a picture file from another without reading it. */
export type SourceState = { readonly bytes: number; readonly modified: string };

/** What NAME.json holds: the report, the file it came from, and where the files are. */
export type PhotoRecord = Omit<StandardizationReport, 'output'> & {
  readonly file: string;
  /** As the file was found; absent when it was not there. */
  readonly source?: SourceState;
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
  /** The picture file before it was read; undefined when it is not there. */
  readonly source: SourceState | undefined;
  readonly extras: BatchExtras;
  readonly extrasDigest: string | undefined;
  readonly noReference: PhotoExtras['noReference'];
};

/** Writes all files of a photo, NAME.json last: a record is there only when its files are. */
export async function writeOutputs(target: Target, made: Standardized): Promise<PhotoRecord> {
  const { folder, input, source, extrasDigest, noReference } = target;
  const { output, ...rest } = made.report;
  const at = (ending: string) => path.join(folder, `${input.name}${ending}`);
  if (made.jpeg) await writeWhole(at('.jpg'), made.jpeg);
  if (made.explanation) await writeWhole(at('.explain.png'), made.explanation);
  const sheets = await writeSheets(target, made);
  const record: PhotoRecord = {
    file: input.file,
    ...(source ? { source } : {}),
    ...rest,
    ...(output ? { output: { path: at('.jpg'), ...output } } : {}),
    ...(made.explanation ? { explanation: at('.explain.png') } : {}),
    ...(sheets ? { sheets } : {}),
    ...(made.identity ? { identity: describeIdentity(made.identity) } : {}),
    ...(noReference ? { identity: { code: noReference } } : {}),
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
  const { band, score, model, thresholds, warning } = identity.value;
  const rounded = Math.round(score * 1000) / 1000;
  return { band, score: rounded, model, basis: thresholds.basis, warning: warning.zh };
}

/** Writes beside the target and renames, so that an interrupted run leaves nothing half done. */
export async function writeWhole(file: string, content: Uint8Array | string): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  await writeFile(temporary, content);
  await rename(temporary, file);
}

/** Removes what `writeWhole` left in a folder when an earlier run was killed. */
export async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const writer = /\.(\d+)\.tmp$/.exec(name)?.[1];
    if (writer && !isRunning(Number(writer))) await rm(path.join(folder, name), { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // somebody else's process
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * The record of an earlier run that would come out the same now, or undefined: also when the
 * picture has changed since, or a file that was made of it is gone or cut off.
 */
export async function finishedRecord(
  target: Target,
  profile: PhotoProfile,
  { models }: EngineInfo,
): Promise<PhotoRecord | undefined> {
  const { folder, input, source, extrasDigest } = target;
  const text = await readFile(path.join(folder, `${input.name}.json`), 'utf8').catch(() => '');
  const record = parseRecord(text);
  const same =
    record?.file === input.file &&
    record.source?.bytes === source?.bytes &&
    record.source?.modified === source?.modified &&
    record.extras === extrasDigest &&
    record.engineVersion === recordedVersion(profile, models);
  return same && (await isWhole(target, record)) ? record : undefined;
}

function parseRecord(text: string): PhotoRecord | undefined {
  try {
    return JSON.parse(text) as PhotoRecord;
  } catch {
    return undefined;
  }
}

async function isWhole(
  { folder }: Target,
  { output, explanation, sheets = [] }: PhotoRecord,
): Promise<boolean> {
  const size = (file: string) =>
    stat(path.join(folder, path.basename(file))).then(
      (found) => found.size,
      () => 0,
    );
  if (output && (await size(output.path)) !== output.bytes) return false;
  const beside = [explanation, ...sheets.flatMap(({ jpeg, pdf }) => [jpeg, pdf])];
  for (const made of beside) if (made !== undefined && (await size(made)) === 0) return false;
  return true;
}
