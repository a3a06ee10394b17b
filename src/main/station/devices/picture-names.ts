/** What a file in the camera's folder is by its name; undefined for what is none of ours. */
export type FileKind = 'jpeg' | 'other';

const JPEG = /\.jpe?g$/i;
/** Pictures that a camera writes beside a JPEG or instead of one. */
const OTHER = /\.(cr2|cr3|crw|nef|nrw|arw|srf|sr2|raf|orf|rw2|pef|dng|hif|heif|heic|tiff?)$/i;
/** Half-written files of browsers and sync programs hide behind a dot or a tilde. */
const HIDDEN = /^[.~]/;

export function kindOfFile(path: string): FileKind | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (HIDDEN.test(name)) return undefined;
  if (JPEG.test(name)) return 'jpeg';
  return OTHER.test(name) ? 'other' : undefined;
}

export function isHidden(name: string): boolean {
  return HIDDEN.test(name);
}
