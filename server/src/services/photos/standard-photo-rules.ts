import {
  fail,
  findPhotoProfile,
  mayGoOn,
  ok,
  type PhotoProfile,
  type Release,
  type Result,
  type StandardizationReport,
} from '@gradshot/domain';
import type { PictureFacts } from '../../ports/photos/photo-inspector.ts';

export type StandardPhoto = {
  readonly bytes: number;
  readonly facts: PictureFacts;
  readonly report: StandardizationReport;
  /** By the station's staff, of a photo that the machine refused. */
  readonly release: Release | undefined;
  readonly profileId: string;
};

/**
 * Holds an uploaded standard photo against the batch's profile. The picture itself is measured;
 * only what cannot be read from a file (its checks) is taken from the report. Failure:
 * `photo.notStandard` with the reason.
 */
export function checkStandardPhoto(photo: StandardPhoto): Result<PhotoProfile> {
  const profile = findPhotoProfile(photo.profileId);
  if (!profile) throw new Error(`unknown photo profile ${photo.profileId}`);
  const fault = reportFault(photo, profile) ?? fileFault(photo, profile);
  return fault ? fail('photo.notStandard', { reason: fault }) : ok(profile);
}

function reportFault(
  { report, release, bytes }: StandardPhoto,
  profile: PhotoProfile,
): string | undefined {
  if (report.profile.id !== profile.id || report.profile.version !== profile.version)
    return `profile ${report.profile.id} v${report.profile.version}`;
  const refusal = refusalOf(report, release);
  if (refusal) return refusal;
  if (!report.output || report.output.bytes !== bytes) return 'output';
  return undefined;
}

/** A release counts for exactly what refused the photo, and only where the catalogue allows it. */
export function refusalOf(
  report: StandardizationReport,
  release: Release | undefined,
): string | undefined {
  if (mayGoOn(report, release)) return undefined;
  if (release) return `release: ${release.checks.join()}`;
  return report.reason?.zh ?? 'accepted: false';
}

function fileFault({ facts, bytes, report }: StandardPhoto, profile: PhotoProfile) {
  const { width, height, dpi, type, channels, progressive } = facts;
  if (type !== 'image/jpeg' || progressive) return 'JPEG';
  if (width !== profile.width || height !== profile.height) return `${width} × ${height}`;
  if (dpi !== profile.dpi) return `${dpi ?? '—'} dpi`;
  if (channels !== 3) return `${channels} channels`;
  if ((report.output?.quality ?? 0) < profile.jpeg.minQuality)
    return `quality ${report.output?.quality}`;
  return windowFault(bytes, report, profile);
}

/** Some pictures cannot reach the window at an honest quality; the engine says so in its report. */
function windowFault(bytes: number, report: StandardizationReport, profile: PhotoProfile) {
  const { minBytes, maxBytes } = profile.jpeg;
  if (bytes >= minBytes && bytes <= maxBytes) return undefined;
  const admitted = report.checks.some(
    (check) => check.code === 'file.size' && check.level === 'warn',
  );
  return admitted ? undefined : `${bytes} bytes`;
}
