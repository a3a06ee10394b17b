import { fail, findPhotoProfile, ok, type Result } from '@gradshot/domain';

export type AnnouncedProfile = {
  readonly profileId: string;
  /** The version that the server takes photos by; absent where an older server tells none. */
  readonly profileVersion?: number | undefined;
};

/**
 * Whether a photo that is made here would be taken there. The server refuses any other version, so
 * it is asked before the camera and not when the photo is on its way. Failure:
 * `station.profileMismatch` with both versions.
 */
export function agreeOnProfile({ profileId, profileVersion }: AnnouncedProfile): Result<null> {
  const known = findPhotoProfile(profileId)?.version;
  if (known !== undefined && (profileVersion ?? known) === known) return ok(null);
  return fail('station.profileMismatch', {
    station: `${profileId} v${known ?? '—'}`,
    server: `v${profileVersion ?? '—'}`,
  });
}
