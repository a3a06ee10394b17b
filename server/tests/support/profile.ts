import { DEFAULT_PROFILE_ID, findPhotoProfile } from '@gradshot/domain';

const profile = findPhotoProfile(DEFAULT_PROFILE_ID);
if (!profile) throw new Error('the default profile is missing');
export const CHSI = profile;
