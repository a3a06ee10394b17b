import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import {
  type CheckLevel,
  DEFAULT_PROFILE_ID,
  errorSentence,
  findPhotoProfile,
  MACHINE_CHECK_CODES,
  type PhotoProfile,
  type StandardizationReport,
} from '@gradshot/domain';
import { MODELS_FOLDER } from '../cli/engine-pool.ts';
import { inspectSource } from '../decode/source-picture.ts';
import { SourceReader } from '../decode/source-reader.ts';
import { standardizePhoto } from '../engine/standardize.ts';
import { analyseFaces } from '../face/analyse-faces.ts';
import { convertModels } from '../models/convert-models.ts';
import type { RgbImage } from '../picture/rgb-image.ts';
import { type LoadedModels, loadModels } from '../runtime/load-models.ts';
import { DEGRADATIONS, type Degradation } from './degradations.ts';

type Portrait = { readonly name: string; readonly image: RgbImage; readonly source: Uint8Array };
/** What a check said; `unmeasured` is a warning that names no value. */
type Verdict = CheckLevel | 'unmeasured';
type Levels = Readonly<Record<string, Verdict>>;

const PICTURE = /\.(jpe?g|png|webp)$/i;

/** Portraits of one person; pictures of several have nothing to say about the other checks. */
async function readPortraits(models: LoadedModels, folder: string): Promise<Portrait[]> {
  const portraits: Portrait[] = [];
  for (const name of (await readdir(folder)).filter((file) => PICTURE.test(file)).sort()) {
    const source = await readFile(path.join(folder, name));
    const info = await inspectSource(source);
    if (!info.ok) continue;
    const image = await new SourceReader(source, info.value).reduced(0);
    if (!image.ok) continue;
    const faces = await analyseFaces(models, image.value);
    if (faces.length === 1) portraits.push({ name, image: image.value, source });
  }
  return portraits;
}

async function judge(
  models: LoadedModels,
  profile: PhotoProfile,
  source: Uint8Array,
): Promise<StandardizationReport> {
  return (await standardizePhoto(models, source, { profile })).report;
}

function levelsOf({ checks }: StandardizationReport): Levels {
  return Object.fromEntries(
    checks.map(({ code, level, value }) => [
      code,
      value === null && level === 'warn' ? 'unmeasured' : level,
    ]),
  );
}

async function tryDegradation(
  models: LoadedModels,
  profile: PhotoProfile,
  portraits: readonly Portrait[],
  { name, expected, make }: Degradation,
): Promise<string> {
  const counts = { fail: 0, warn: 0, unmeasured: 0, pass: 0, absent: 0 };
  for (const { image } of portraits) {
    const [face] = await analyseFaces(models, image);
    const report = await judge(models, profile, await make(image, face!));
    counts[levelsOf(report)[expected] ?? 'absent']++;
  }
  const { fail, warn, unmeasured, pass, absent } = counts;
  return `| ${name} | \`${expected}\` | ${fail} | ${warn} | ${unmeasured} | ${pass} | ${absent} |`;
}

function describeOriginals(reports: readonly Levels[]): string[] {
  return MACHINE_CHECK_CODES.flatMap((code) => {
    const levels = reports.map((report) => report[code]).filter((level) => level !== undefined);
    if (levels.length === 0) return [];
    const count = (wanted: Verdict) => levels.filter((level) => level === wanted).length;
    const counts = (['pass', 'warn', 'unmeasured', 'fail'] as const).map(count);
    return [`| \`${code}\` | ${counts.join(' | ')} |`];
  });
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { photos: { type: 'string' } } });
  if (!values.photos) {
    console.error('Usage: npm run bench:checks -- --photos FOLDER');
    return 2;
  }
  await convertModels(MODELS_FOLDER);
  const models = await loadModels({ modelsDir: MODELS_FOLDER, provider: 'cpu' });
  if (!models.ok) {
    console.error(errorSentence(models.error, 'en'));
    return 1;
  }
  const profile = findPhotoProfile(DEFAULT_PROFILE_ID)!;
  const portraits = await readPortraits(models.value, values.photos);
  const originals = [];
  for (const { source } of portraits) {
    originals.push(levelsOf(await judge(models.value, profile, source)));
  }
  console.log(
    '| with one thing wrong | check | refused | warned | unmeasured | passed | not asked |',
  );
  console.log('|---|---|---|---|---|---|---|');
  for (const degradation of DEGRADATIONS) {
    console.log(await tryDegradation(models.value, profile, portraits, degradation));
  }
  console.log('\n| as they are | pass | warn | unmeasured | fail |\n|---|---|---|---|---|');
  for (const line of describeOriginals(originals)) console.log(line);
  await models.value.close();
  return 0;
}

process.exitCode = await main();
