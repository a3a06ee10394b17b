/**
 * True when an ICC profile describes sRGB itself, so that the transform may be left out: on a
 * 12-megapixel picture it costs more than the decoding. Other profiles (Display P3, Adobe RGB)
 * are always applied. Recognised by name: profile makers write "sRGB" in the description.
 */
export function isSrgbProfile(profile: Uint8Array): boolean {
  const text = Buffer.from(profile.buffer, profile.byteOffset, Math.min(profile.length, 4096));
  return text.includes('sRGB') || text.includes(UTF16_SRGB);
}

/** Version 4 profiles hold the description as big-endian UTF-16. */
const UTF16_SRGB = Buffer.from('\0s\0R\0G\0B', 'latin1');
