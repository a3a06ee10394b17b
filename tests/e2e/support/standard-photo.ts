import { PHOTO_PROFILES } from '@gradshot/domain';
import { expect } from '@playwright/test';
import sharp from 'sharp';

const PROFILE = PHOTO_PROFILES[0];

/** The file is what the profile asks for: size in pixels and bytes, density, baseline JPEG. */
export async function expectInsideProfile(photo: Buffer): Promise<void> {
  const { format, width, height, density, isProgressive } = await sharp(photo).metadata();
  expect({ format, width, height, density, isProgressive }).toEqual({
    format: 'jpeg',
    width: PROFILE.width,
    height: PROFILE.height,
    density: PROFILE.dpi,
    isProgressive: false,
  });
  expect(photo.length).toBeGreaterThanOrEqual(PROFILE.jpeg.minBytes);
  expect(photo.length).toBeLessThanOrEqual(PROFILE.jpeg.maxBytes);
}
