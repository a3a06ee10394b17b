import { fail, ok, type PhotoProfile, type Result } from '@gradshot/domain';
import type { Extras, Standardized } from '../api.ts';
import type { Trace } from '../composition/trace.ts';
import { inspectSource } from '../decode/source-picture.ts';
import { SourceReader } from '../decode/source-reader.ts';
import { explainPhoto } from '../explain/explain-photo.ts';
import { compareIdentity, type IdentityComparison } from '../identity/compare-identity.ts';
import type { IdentityThresholds } from '../identity/identity-thresholds.ts';
import type { RgbImage } from '../picture/rgb-image.ts';
import type { LoadedModels } from '../runtime/load-models.ts';
import type { SheetPlan } from '../sheets/plan.ts';
import { type Portrait, portraitFromCutOut } from '../sheets/portrait.ts';
import { renderSheet, type Sheet } from '../sheets/render-sheet.ts';
import { cutOutForPrints, isPlaced } from './cut-out.ts';

/** Makes what was asked for beside the photo, from what was found on the way to it. */
export async function makeExtras(
  models: LoadedModels,
  profile: PhotoProfile,
  trace: Trace,
  made: Standardized,
  also: Extras,
): Promise<Standardized> {
  const { explain, sheets, reference, identityThresholds } = also;
  const explanation = explain && (await explainPhoto(trace, made, profile, explain));
  return {
    ...made,
    ...(explanation ? { explanation } : {}),
    ...(sheets ? { sheets: await makeSheets(models, profile, trace, made, sheets) } : {}),
    ...(reference
      ? { identity: await compareWith(models, trace, reference, identityThresholds) }
      : {}),
  };
}

async function makeSheets(
  models: LoadedModels,
  profile: PhotoProfile,
  trace: Trace,
  made: Standardized,
  plans: readonly SheetPlan[],
): Promise<Result<Sheet>[]> {
  const portrait = await printable(models, profile, trace, made, plans);
  const sheets: Result<Sheet>[] = [];
  for (const plan of plans) {
    sheets.push(portrait.ok ? await renderSheet(portrait.value, plan) : portrait);
  }
  return sheets;
}

async function printable(
  models: LoadedModels,
  profile: PhotoProfile,
  trace: Trace,
  { report }: Standardized,
  plans: readonly SheetPlan[],
): Promise<Result<Portrait>> {
  if (!isPlaced(trace)) {
    return fail('photo.notStandard', { reason: report.reason?.zh ?? '' });
  }
  const cells = plans.flatMap((plan) => plan.cells.map(({ cell }) => cell));
  const person = await cutOutForPrints(models, trace, profile, cells);
  return person.ok ? ok(portraitFromCutOut(person.value)) : person;
}

async function compareWith(
  models: LoadedModels,
  { pyramid }: Trace,
  reference: Uint8Array,
  thresholds: IdentityThresholds | undefined,
): Promise<Result<IdentityComparison>> {
  if (!pyramid) return fail('imaging.noFace', { picture: 'photo' });
  const picture = await readReference(reference);
  if (!picture.ok) return picture;
  return compareIdentity(models, pyramid.level(0).image, picture.value, thresholds);
}

/** Smallest picture in which a face still says something; old records hold 150 × 210 pixels. */
const SMALLEST_REFERENCE = { width: 90, height: 120 };

/** Decodes a picture for comparison. Codes: photo.* */
export async function readReference(bytes: Uint8Array): Promise<Result<RgbImage>> {
  const info = await inspectSource(bytes, SMALLEST_REFERENCE);
  if (!info.ok) return info;
  const reader = new SourceReader(bytes, info.value);
  return reader.reduced(reader.analysisLevel());
}
