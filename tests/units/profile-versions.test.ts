import { createHash } from 'node:crypto';
import { PHOTO_PROFILES, type PhotoProfile } from '@gradshot/domain';
import { expect, it } from 'vitest';

/**
 * What the values of a profile were at each version: stations, phones and server compare the version
 * alone. A version's digest is never changed; other values are another version, and a line here.
 */
const VALUES: Readonly<Record<string, string>> = {
  'chsi-480x640 1': '2acecebfb31f6dd7',
  'chsi-480x640-white 1': '30d5e3e616e4fd23',
  'chsi-480x640-grey 1': '3fdf3b659e52c34b',
};

/** Its names may change as they like. */
function digestOf({ zh: _zh, en: _en, ...values }: PhotoProfile): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 16);
}

it.each(PHOTO_PROFILES)('$id has the values of its version', (profile) => {
  expect(VALUES[`${profile.id} ${profile.version}`]).toBe(digestOf(profile));
});
