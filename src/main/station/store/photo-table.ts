import type { OnSiteRecord, StandardizationReport } from '@gradshot/domain';
import { openText, sealText } from '@gradshot/storage';
import type { ShotView } from '../../../shared/index.ts';
import type { Clock } from '../ground/clock.ts';
import type { PictureType } from '../session/picture-type.ts';
import { LOCAL_STEPS, type LocalStep } from '../session/ports.ts';
import type { Database } from './database.ts';

export type PhotoRow = {
  readonly orderId: string;
  /** Counts the shots of the station, from 1. */
  readonly sequence: number;
  readonly step: LocalStep;
  /** What the judgement said; undefined before it. */
  readonly accepted: boolean | undefined;
  readonly shot: ShotView;
  readonly originalSha256: string;
  readonly originalType: PictureType;
  readonly standardSha256: string | undefined;
  readonly report: StandardizationReport | undefined;
  /** What staff said about it. */
  readonly onSite: OnSiteRecord | undefined;
  readonly picturesDeleted: boolean;
};

export type NewPhotoRow = Pick<
  PhotoRow,
  'orderId' | 'sequence' | 'shot' | 'originalSha256' | 'originalType'
>;

export type PhotoTable = {
  /** For the next shot. */
  nextSequence(): number;
  hasSequence(sequence: number): boolean;
  insert(row: NewPhotoRow): void;
  find(photoId: string): PhotoRow | undefined;
  /** The order's newest one that was not replaced. */
  newest(orderId: string): PhotoRow | undefined;
  /** Photos that the server may not have yet: neither arrived nor replaced, pictures still here. */
  unfinished(): readonly PhotoRow[];
  /** Photos that the server has and whose pictures are said to be here still. */
  arrived(): readonly PhotoRow[];
  /** Every photo that was made of the bytes or into them, also where its pictures were deleted. */
  ofPicture(sha256: string): readonly PhotoRow[];
  judge(
    photoId: string,
    accepted: boolean,
    report: StandardizationReport,
    standardSha256: string | undefined,
  ): void;
  /** Staff released it: it counts as accepted. */
  accept(photoId: string): void;
  recordOnSite(photoId: string, record: OnSiteRecord | undefined): void;
  setStep(photoId: string, step: LocalStep): void;
  /** Counts the time in their present step from now for those that it is not counted for yet. */
  startAgeing(serverNow: number): void;
  /** Photos whose pictures are still here, counted to be at the step since before `before`. */
  keptSince(step: LocalStep, before: number): readonly PhotoRow[];
  picturesDeleted(photoId: string): void;
  /** Every photo of one order is another's from now on. */
  readdress(from: string, to: string): void;
  /** Writes the row's lasting facts again, as the photo's label tells them. */
  correct(row: NewPhotoRow): void;
};

type Row = {
  photo_id: string;
  order_id: string;
  sequence: number;
  step: string;
  accepted: number | null;
  width: number;
  height: number;
  captured_at: string;
  original_sha256: string;
  original_type: string;
  standard_sha256: string | null;
  report_sealed: Buffer | null;
  on_site_sealed: Buffer | null;
  pictures_deleted_at: number | null;
};

export function createPhotoTable(database: Database, key: Uint8Array, clock: Clock): PhotoTable {
  const selectNext = database
    .prepare<[], number>('SELECT coalesce(max(sequence), 0) + 1 FROM photos')
    .pluck();
  const insert = database.prepare(
    `INSERT INTO photos (photo_id, order_id, sequence, step, width, height, captured_at,
       original_sha256, original_type, step_at)
     VALUES (?, ?, ?, 'kept', ?, ?, ?, ?, ?, ?)`,
  );
  const select = database.prepare<[string], Row>('SELECT * FROM photos WHERE photo_id = ?');
  const selectNewest = database.prepare<[string], Row>(
    `SELECT * FROM photos WHERE order_id = ? AND step <> 'replaced'
     ORDER BY sequence DESC LIMIT 1`,
  );
  const selectUnfinished = database.prepare<[], Row>(
    `SELECT * FROM photos WHERE pictures_deleted_at IS NULL
     AND step IN ('kept', 'judged', 'handedIn') ORDER BY sequence`,
  );
  const selectSequence = database
    .prepare<[number], number>('SELECT count(*) FROM photos WHERE sequence = ?')
    .pluck();
  const selectArrived = database.prepare<[], Row>(
    "SELECT * FROM photos WHERE pictures_deleted_at IS NULL AND step = 'arrived'",
  );
  const selectOfPicture = database.prepare<[string, string], Row>(
    'SELECT * FROM photos WHERE original_sha256 = ? OR standard_sha256 = ?',
  );
  const updateJudged = database.prepare(
    `UPDATE photos SET step = 'judged', accepted = ?, step_at = ?, aged_from = NULL,
       report_sealed = ?, standard_sha256 = ? WHERE photo_id = ?`,
  );
  const updateAccepted = database.prepare('UPDATE photos SET accepted = 1 WHERE photo_id = ?');
  const updateOnSite = database.prepare('UPDATE photos SET on_site_sealed = ? WHERE photo_id = ?');
  const updateStep = database.prepare(
    'UPDATE photos SET step = ?, step_at = ?, aged_from = NULL WHERE photo_id = ?',
  );
  const selectKept = database.prepare<[string, number], Row>(
    `SELECT * FROM photos WHERE pictures_deleted_at IS NULL AND step = ? AND aged_from <= ?`,
  );
  const updateAgeing = database.prepare('UPDATE photos SET aged_from = ? WHERE aged_from IS NULL');
  const updateDeleted = database.prepare(
    `UPDATE photos SET pictures_deleted_at = ?, report_sealed = NULL, on_site_sealed = NULL,
       aged_from = NULL WHERE photo_id = ?`,
  );
  const updateFacts = database.prepare(
    `UPDATE photos SET order_id = ?, width = ?, height = ?, captured_at = ?, original_sha256 = ?,
       original_type = ? WHERE photo_id = ?`,
  );
  const updateOrder = database.prepare('UPDATE photos SET order_id = ? WHERE order_id = ?');
  const read = (row: Row) => photoRow(row, key);
  const readOne = (row: Row | undefined) => row && photoRow(row, key);
  return {
    nextSequence: () => selectNext.get() ?? 1,
    hasSequence: (sequence) => (selectSequence.get(sequence) ?? 0) > 0,
    insert: ({ orderId, sequence, shot, originalSha256, originalType }) => {
      const { photoId, width, height, capturedAt } = shot;
      const facts = [width, height, capturedAt, originalSha256, originalType, clock.now()];
      insert.run(photoId, orderId, sequence, ...facts);
    },
    find: (photoId) => readOne(select.get(photoId)),
    newest: (orderId) => readOne(selectNewest.get(orderId)),
    unfinished: () => selectUnfinished.all().map(read),
    arrived: () => selectArrived.all().map(read),
    ofPicture: (sha256) => selectOfPicture.all(sha256, sha256).map(read),
    judge: (photoId, accepted, report, standardSha256) => {
      const sealed = sealText(key, JSON.stringify(report), reportContext(photoId));
      const sha256 = standardSha256 ?? null;
      updateJudged.run(accepted ? 1 : 0, clock.now(), sealed, sha256, photoId);
    },
    accept: (photoId) => {
      updateAccepted.run(photoId);
    },
    recordOnSite: (photoId, record) => {
      const context = onSiteContext(photoId);
      updateOnSite.run(record ? sealText(key, JSON.stringify(record), context) : null, photoId);
    },
    setStep: (photoId, step) => {
      updateStep.run(step, clock.now(), photoId);
    },
    startAgeing: (serverNow) => {
      updateAgeing.run(serverNow);
    },
    keptSince: (step, before) => selectKept.all(step, before).map(read),
    picturesDeleted: (photoId) => {
      updateDeleted.run(clock.now(), photoId);
    },
    readdress: (from, to) => {
      updateOrder.run(to, from);
    },
    correct: ({ orderId, shot, originalSha256, originalType }) => {
      const { photoId, width, height, capturedAt } = shot;
      updateFacts.run(orderId, width, height, capturedAt, originalSha256, originalType, photoId);
    },
  };
}

const reportContext = (photoId: string) => `photos.report.${photoId}`;
const onSiteContext = (photoId: string) => `photos.onSite.${photoId}`;

function photoRow(row: Row, key: Uint8Array): PhotoRow {
  const photoId = row.photo_id;
  const step = LOCAL_STEPS.find((known) => known === row.step);
  if (!step) throw new Error(`unknown step of a photo: ${row.step}`);
  return {
    orderId: row.order_id,
    sequence: row.sequence,
    step,
    accepted: row.accepted === null ? undefined : row.accepted === 1,
    shot: { photoId, width: row.width, height: row.height, capturedAt: row.captured_at },
    originalSha256: row.original_sha256,
    originalType: row.original_type as PictureType,
    standardSha256: row.standard_sha256 ?? undefined,
    report: unsealed(key, row.report_sealed, reportContext(photoId)),
    onSite: unsealed(key, row.on_site_sealed, onSiteContext(photoId)),
    picturesDeleted: row.pictures_deleted_at !== null,
  };
}

/** What is damaged is as good as none: the photo is judged again, or delivered by its label. */
function unsealed<T>(key: Uint8Array, sealed: Buffer | null, context: string): T | undefined {
  if (!sealed) return undefined;
  try {
    return JSON.parse(openText(key, sealed, context));
  } catch {
    return undefined;
  }
}
