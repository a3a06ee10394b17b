import { readFile } from 'node:fs/promises';
import { findPhotoProfile, PHOTO_PROFILES, type PhotoProfile, type Rgb } from '@gradshot/domain';
import { parsePhotoProfile } from '../profile-file.ts';

const BACKGROUNDS: Readonly<Record<string, Rgb>> = {
  blue: [100, 197, 255],
  white: [255, 255, 255],
  grey: [240, 240, 240],
};

/** The profile asked for, with the background asked for. Throws an Error that says what is wrong. */
export async function chooseProfile(
  idOrFile: string,
  background: string | undefined,
): Promise<PhotoProfile> {
  const profile = findPhotoProfile(idOrFile) ?? (await readProfile(idOrFile));
  return background === undefined
    ? profile
    : { ...profile, background: parseBackground(background) };
}

async function readProfile(file: string): Promise<PhotoProfile> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) {
    const known = PHOTO_PROFILES.map(({ id }) => id).join(', ');
    throw new Error(`--profile: neither a file nor one of ${known}`);
  }
  return parsePhotoProfile(text);
}

function parseBackground(colour: string): Rgb {
  const named = BACKGROUNDS[colour];
  if (named) return named;
  const hex = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
  if (!hex) throw new Error('--background is blue, white, grey or #RRGGBB');
  return [1, 2, 3].map((part) => Number.parseInt(hex[part]!, 16)) as unknown as Rgb;
}
