import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { fail, ok, type Result } from '@gradshot/domain';
import type { ArchivedPicture, PictureArchiveReader } from '../../ports/rosters/picture-archive.ts';
import { dataStart, isContiguous, readDirectory, type ZipEntry } from './zip-directory.ts';

/** Portraits of 60 MB: some 2,000 of 30 KB. Far more names are an attack. */
const MAX_FILES = 10_000;
/** An admission photo has 10–200 KB; a scan some MB. */
const MAX_PICTURE_BYTES = 8 * 1024 * 1024;

const STORED = 0;
const DEFLATED = 8;

const inflate = promisify(inflateRaw);

/** Reads ZIP archives of any program, names in UTF-8 or, from Windows in China, in GBK. */
export function createPictureArchiveReader(): PictureArchiveReader {
  return {
    read: (archive) => read(Buffer.from(archive.buffer, archive.byteOffset, archive.length)),
  };
}

function read(zip: Buffer): Result<readonly ArchivedPicture[]> {
  try {
    const { entries, directory } = readDirectory(zip);
    if (entries.length > MAX_FILES) return fail('request.tooLarge');
    if (!isContiguous(zip, entries, directory)) return fail('roster.archiveUnreadable');
    const files = entries.map((entry) => ({ entry, path: nameOf(entry) }));
    return ok(
      files
        .filter(({ path }) => !isLitter(path))
        .map(({ entry, path }) => ({ path, open: () => unpack(zip, entry) })),
    );
  } catch {
    return fail('roster.archiveUnreadable');
  }
}

function nameOf({ name, utf8 }: ZipEntry): string {
  if (utf8) return new TextDecoder().decode(name);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(name);
  } catch {
    return new TextDecoder('gb18030').decode(name);
  }
}

/** Folders, and what Finder and Explorer put beside pictures. */
function isLitter(path: string): boolean {
  const name = path.split(/[/\\]/).at(-1) ?? '';
  return (
    name === '' ||
    name.startsWith('.') ||
    /^(thumbs\.db|desktop\.ini)$/i.test(name) ||
    path.startsWith('__MACOSX/')
  );
}

/** The size written in the archive is not believed. */
async function unpack(
  zip: Buffer,
  entry: ZipEntry,
): Promise<Uint8Array | 'tooLarge' | 'encrypted' | 'damaged'> {
  if (entry.encrypted) return 'encrypted';
  const start = dataStart(zip, entry);
  const packed = zip.subarray(start, start + entry.packed);
  if (packed.length !== entry.packed) return 'damaged';
  if (entry.method === STORED) return packed.length > MAX_PICTURE_BYTES ? 'tooLarge' : packed;
  if (entry.method !== DEFLATED) return 'damaged';
  try {
    return await inflate(packed, { maxOutputLength: MAX_PICTURE_BYTES });
  } catch (error) {
    return (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? 'tooLarge' : 'damaged';
  }
}
