import { ok, type Result } from '@gradshot/domain';
import { readHeif } from './heif/read-heif.ts';
import { sniffFormat } from './source-format.ts';

/**
 * A picture file as the picture library can open it: HEIC decoded to a TIFF with its ICC profile,
 * anything else as it is. Look at the size in the header first. Codes: photo.unreadable,
 * photo.heicUnsupported.
 */
export async function sharpReadable(bytes: Uint8Array): Promise<Result<Uint8Array>> {
  return sniffFormat(bytes) === 'heic' ? readHeif(bytes) : ok(bytes);
}
