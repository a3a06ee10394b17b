import type { LabelledPhoto, OfflineVisit } from '@gradshot/contract';
import type { OnSiteRecord, StandardizationReport } from '@gradshot/domain';
import type { NewPhotoRow, PhotoRow } from './photo-table.ts';

/** What a row and its order say, as the label of one of the photo's pictures. */

export type LabelFacts = Pick<LabelledPhoto, 'step' | 'at' | 'orderNo' | 'profileId'> & {
  /** Of a photo that was taken offline, until the visit is confirmed. */
  readonly offline: OfflineVisit | undefined;
};

const told = ({ offline, ...facts }: LabelFacts) => (offline ? { ...facts, offline } : facts);

export function originalLabel(row: NewPhotoRow, facts: LabelFacts): LabelledPhoto {
  return { kind: 'original', ...photoFacts(row), ...told(facts) };
}

export type MadePhoto = {
  readonly standardSha256: string;
  readonly report: StandardizationReport;
  readonly onSite?: OnSiteRecord | undefined;
};

export function standardLabel(
  row: NewPhotoRow,
  { onSite, ...made }: MadePhoto,
  facts: LabelFacts,
): LabelledPhoto {
  const said = onSite ? { onSite } : {};
  return { kind: 'standard', ...photoFacts(row), ...told(facts), ...made, ...said };
}

function photoFacts({ orderId, sequence, shot, originalSha256, originalType }: NewPhotoRow) {
  const { photoId, width, height, capturedAt } = shot;
  return { photoId, orderId, sequence, width, height, capturedAt, originalSha256, originalType };
}

/** The row's lasting facts as its label tells them. */
export function rowFacts(label: LabelledPhoto): NewPhotoRow {
  const { photoId, orderId, sequence, width, height, capturedAt } = label;
  const { originalSha256, originalType } = label;
  return {
    orderId,
    sequence,
    shot: { photoId, width, height, capturedAt },
    originalSha256,
    originalType,
  };
}

/** The object that carries the photo's latest label: the standard photo once there is one. */
export function labelledObject(row: PhotoRow): string {
  return row.standardSha256 ?? row.originalSha256;
}
