import { createHash } from 'node:crypto';
import { SHEET_LAYOUTS, type SheetLayout } from '@gradshot/contract';
import { findPhotoProfile, type PhotoProfile, type StandardizationReport } from '@gradshot/domain';
import type { PrintRows, PrintSheetRecord } from '../../ports/downloads/print-repository.ts';
import type { SheetMaker } from '../../ports/downloads/sheet-maker.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { EventLog } from '../../ports/ground/event-log.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { PhotoObjects } from '../../ports/photos/photo-objects.ts';
import type { PhotoRecord, PhotoRows } from '../../ports/photos/photo-repository.ts';
import type { SheetRenderer } from '../../ports/standardization/standardizer.ts';

type Needs = Stored<PhotoRows & PrintRows> & {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly objects: PhotoObjects;
  readonly sheets: SheetMaker;
  readonly standardizer: SheetRenderer;
};

/** A graduate's phone gives up after a minute; before that the photo itself is cut. */
const PATIENCE_MS = 20_000;
/**
 * Pixels of the standard photo. The same engine on another processor rounds differently by less;
 * more would be another picture than the approved one.
 */
const SAME_PLACE = 2;

export type ApprovedPhoto = PhotoRecord & { readonly standardSha256: string };

type Sheets = Readonly<Record<SheetLayout, Uint8Array>>;
type Made = { readonly sheets: Sheets; readonly source: PrintSheetRecord['source'] };

export type PrintSheets = {
  /**
   * A 排版照 of an approved photo. `standard`: its bytes. Made once and kept: from the original's
   * cut-out where the present engine makes the very photo that was approved, else from the photo.
   */
  get(photo: ApprovedPhoto, standard: Uint8Array, layout: SheetLayout): Promise<Uint8Array>;
};

/** `patienceMs`: how long somebody waits for the engine before the photo itself is cut. */
export function createPrintSheets(
  environment: Needs,
  patienceMs: number = PATIENCE_MS,
): PrintSheets {
  const running = new Map<string, Promise<Sheets>>();
  /** Two clicks make one rendering, of all papers at once. */
  const render = (photo: ApprovedPhoto, standard: Uint8Array): Promise<Sheets> => {
    const known = running.get(photo.id);
    if (known) return known;
    const making = make(environment, photo, standard).finally(() => running.delete(photo.id));
    // Whoever asked may have stopped waiting for it.
    making.catch((error: Error) => environment.log.error({ err: error }, 'print sheets'));
    running.set(photo.id, making);
    return making;
  };
  return {
    async get(photo, standard, layout) {
      const kept = await find(environment, photo, layout);
      if (kept) return kept;
      const made = await within(patienceMs, render(photo, standard));
      return made?.[layout] ?? cutFromPhoto(environment, photo, standard, layout);
    },
  };
}

async function find(
  { storage, objects }: Needs,
  photo: ApprovedPhoto,
  layout: SheetLayout,
): Promise<Uint8Array | undefined> {
  const row = await storage.prints.find(photo.id, layout);
  return row && objects.get(row.sha256);
}

/** Undefined when it takes longer. */
async function within<T>(milliseconds: number, work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

async function make(
  environment: Needs,
  photo: ApprovedPhoto,
  standard: Uint8Array,
): Promise<Sheets> {
  const cut = await cutFromOriginal(environment, photo);
  if (cut === 'later') return allFromPhoto(environment, photo, standard);
  const made: Made = cut
    ? { sheets: cut, source: 'cutOut' }
    : { sheets: await allFromPhoto(environment, photo, standard), source: 'photo' };
  await keep(environment, photo, made);
  return made.sheets;
}

/** Undefined: the engine of today would make another photo. `later`: it is away, ask again. */
async function cutFromOriginal(
  { objects, standardizer, log }: Needs,
  photo: ApprovedPhoto,
): Promise<Sheets | undefined | 'later'> {
  const original = await objects.get(photo.originalSha256);
  if (!original || !photo.report) return undefined;
  const made = await standardizer.renderSheets(original, profileOf(photo), SHEET_LAYOUTS);
  if (!made.ok) {
    const errorCode = made.error.code;
    log.warn({ photoId: photo.id, errorCode }, 'sheets not cut from the original');
    return 'later';
  }
  return isSamePhoto(photo.report, made.value.report) ? made.value.sheets : undefined;
}

/** Made by the same engine, networks and profile, with the person in the same place. */
function isSamePhoto(approved: StandardizationReport, now: StandardizationReport): boolean {
  const sameMaker =
    approved.engineVersion === now.engineVersion &&
    approved.profile.id === now.profile.id &&
    approved.profile.version === now.profile.version &&
    versionsOf(approved) === versionsOf(now);
  return sameMaker && standsAlike(approved.geometry, now.geometry);
}

const versionsOf = ({ models }: StandardizationReport) =>
  JSON.stringify(Object.entries(models).sort());

type Geometry = StandardizationReport['geometry'];

function standsAlike(approved: Geometry, now: Geometry): boolean {
  if (!approved || !now) return false;
  const keys = ['hairTopY', 'eyeLineY', 'faceWidth', 'faceCentreX'] as const;
  return keys.every((key) => Math.abs(approved[key] - now[key]) <= SAME_PLACE);
}

async function allFromPhoto(
  environment: Needs,
  photo: ApprovedPhoto,
  standard: Uint8Array,
): Promise<Sheets> {
  const sheets: Partial<Record<SheetLayout, Uint8Array>> = {};
  for (const layout of SHEET_LAYOUTS)
    sheets[layout] = await cutFromPhoto(environment, photo, standard, layout);
  return sheets as Sheets;
}

function cutFromPhoto(
  { sheets }: Needs,
  photo: ApprovedPhoto,
  standard: Uint8Array,
  layout: SheetLayout,
): Promise<Uint8Array> {
  const faceCentreX = photo.report?.geometry?.faceCentreX;
  return sheets.make(layout, {
    standard,
    profile: profileOf(photo),
    ...(faceCentreX === undefined ? {} : { faceCentreX }),
  });
}

/** The objects first, then the rows that speak of them. */
async function keep(
  { storage, objects, clock }: Needs,
  photo: ApprovedPhoto,
  { sheets, source }: Made,
): Promise<void> {
  const madeAt = clock();
  const rows = SHEET_LAYOUTS.map((layout) => {
    const sha256 = createHash('sha256').update(sheets[layout]).digest('hex');
    return { photoId: photo.id, layout, sha256, source, madeAt };
  });
  await storage.photos.announceObjects([...new Set(rows.map(({ sha256 }) => sha256))], madeAt);
  for (const layout of SHEET_LAYOUTS) await objects.put(sheets[layout]);
  await storage.prints.add(rows);
}

export function profileOf(photo: PhotoRecord): PhotoProfile {
  const profile = findPhotoProfile(photo.profileId);
  if (!profile) throw new Error(`unknown photo profile ${photo.profileId}`);
  return profile;
}
