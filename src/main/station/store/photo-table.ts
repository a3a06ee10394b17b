import type { StandardizationReport } from '@gradshot/domain';
import { openText, sealText } from '@gradshot/storage';
import type { ShotView } from '../../../shared/index.ts';
import type { Clock } from '../ground/clock.ts';
import type { PictureType } from '../session/picture-type.ts';
import { PHOTO_STATUSES, type PhotoStatus } from '../session/ports.ts';
import type { Database } from './database.ts';

export type PhotoRow = {
  readonly orderId: string;
  readonly status: PhotoStatus;
  readonly shot: ShotView;
  readonly originalSha256: string;
  readonly originalType: PictureType;
  readonly standardSha256: string | undefined;
  readonly report: StandardizationReport | undefined;
  readonly picturesDeleted: boolean;
};

export type NewPhotoRow = Pick<PhotoRow, 'orderId' | 'shot' | 'originalSha256' | 'originalType'>;

export type PhotoTable = {
  insert(row: NewPhotoRow): void;
  find(photoId: string): PhotoRow | undefined;
  /** The order's newest one that is not superseded. */
  newest(orderId: string): PhotoRow | undefined;
  setStandard(
    photoId: string,
    status: 'accepted' | 'refused',
    report: StandardizationReport,
    standardSha256: string | undefined,
  ): void;
  setStatus(photoId: string, status: PhotoStatus): void;
  /** Counts the time in their present status from now for those that it is not counted for yet. */
  startAgeing(serverNow: number): void;
  /** Photos whose pictures are still here, counted to be in the status since before `before`. */
  keptSince(status: PhotoStatus, before: number): readonly PhotoRow[];
  picturesDeleted(photoId: string): void;
};

type Row = {
  photo_id: string;
  order_id: string;
  status: string;
  width: number;
  height: number;
  captured_at: string;
  original_sha256: string;
  original_type: string;
  standard_sha256: string | null;
  report_sealed: Buffer | null;
  pictures_deleted_at: number | null;
};

export function createPhotoTable(database: Database, key: Uint8Array, clock: Clock): PhotoTable {
  const insert = database.prepare(
    `INSERT INTO photos (photo_id, order_id, sequence, status, width, height, captured_at,
       original_sha256, original_type, status_at)
     VALUES (?, ?, (SELECT coalesce(max(sequence), 0) + 1 FROM photos), 'stored', ?, ?, ?, ?, ?, ?)`,
  );
  const select = database.prepare<[string], Row>('SELECT * FROM photos WHERE photo_id = ?');
  const selectNewest = database.prepare<[string], Row>(
    `SELECT * FROM photos WHERE order_id = ? AND status <> 'superseded'
     ORDER BY sequence DESC LIMIT 1`,
  );
  const updateStandard = database.prepare(
    `UPDATE photos SET status = ?, status_at = ?, aged_from = NULL, report_sealed = ?,
       standard_sha256 = ? WHERE photo_id = ?`,
  );
  const updateStatus = database.prepare(
    'UPDATE photos SET status = ?, status_at = ?, aged_from = NULL WHERE photo_id = ?',
  );
  const selectKept = database.prepare<[string, number], Row>(
    `SELECT * FROM photos WHERE pictures_deleted_at IS NULL AND status = ? AND aged_from <= ?`,
  );
  const updateAgeing = database.prepare(
    'UPDATE photos SET aged_from = ? WHERE pictures_deleted_at IS NULL AND aged_from IS NULL',
  );
  const updateDeleted = database.prepare(
    'UPDATE photos SET pictures_deleted_at = ?, report_sealed = NULL WHERE photo_id = ?',
  );
  const read = (row: Row | undefined) => row && photoRow(row, key);
  return {
    insert: ({ orderId, shot, originalSha256, originalType }) => {
      const { photoId, width, height, capturedAt } = shot;
      const at = clock.now();
      insert.run(photoId, orderId, width, height, capturedAt, originalSha256, originalType, at);
    },
    find: (photoId) => read(select.get(photoId)),
    newest: (orderId) => read(selectNewest.get(orderId)),
    setStandard: (photoId, status, report, standardSha256) => {
      const sealed = sealText(key, JSON.stringify(report), `photos.report.${photoId}`);
      updateStandard.run(status, clock.now(), sealed, standardSha256 ?? null, photoId);
    },
    setStatus: (photoId, status) => {
      updateStatus.run(status, clock.now(), photoId);
    },
    startAgeing: (serverNow) => {
      updateAgeing.run(serverNow);
    },
    keptSince: (status, before) => selectKept.all(status, before).map((row) => photoRow(row, key)),
    picturesDeleted: (photoId) => {
      updateDeleted.run(clock.now(), photoId);
    },
  };
}

function photoRow(row: Row, key: Uint8Array): PhotoRow {
  const photoId = row.photo_id;
  const status = PHOTO_STATUSES.find((known) => known === row.status);
  if (!status) throw new Error(`unknown photo status ${row.status}`);
  return {
    orderId: row.order_id,
    status,
    shot: { photoId, width: row.width, height: row.height, capturedAt: row.captured_at },
    originalSha256: row.original_sha256,
    originalType: row.original_type as PictureType,
    standardSha256: row.standard_sha256 ?? undefined,
    report: row.report_sealed
      ? JSON.parse(openText(key, row.report_sealed, `photos.report.${photoId}`))
      : undefined,
    picturesDeleted: row.pictures_deleted_at !== null,
  };
}
