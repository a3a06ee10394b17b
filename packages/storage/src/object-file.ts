import { type FileHandle, open as openFile } from 'node:fs/promises';
import { open, openInTurns, seal, sealInTurns } from './sealed-bytes.ts';

/**
 * An object as it lies on the disk. Either its sealed bytes alone (first byte 1, the format of
 * `seal`), or with a sealed label before them: 1 byte format (2), 4 bytes length of the sealed label
 * (big endian), sealed label, sealed bytes. Label and bytes are sealed apart and bound to the
 * object's address, so that the label can be read and renewed without opening the bytes, and so that
 * neither can be moved to another object.
 */
const LABELLED = 2;
const LENGTH_BYTES = 4;
const HEADER_BYTES = 1 + LENGTH_BYTES;
/** Far above any label; a damaged length must not make a process allocate what it says. */
const MAX_LABEL_BYTES = 1024 * 1024;

const labelContext = (sha256: string) => `label.${sha256}`;

/** The file of an object, in pieces; `label` goes in front where there is one. */
export async function objectFile(
  key: Uint8Array,
  sha256: string,
  bytes: Uint8Array,
  label: Uint8Array | undefined,
): Promise<readonly Uint8Array[]> {
  const body = await sealInTurns(key, bytes, sha256);
  return label ? [labelHead(key, sha256, label), ...body] : body;
}

/** The same object with another label, in pieces; its sealed bytes stay as they are. */
export function relabelledFile(
  key: Uint8Array,
  sha256: string,
  file: Uint8Array,
  label: Uint8Array,
): readonly Uint8Array[] {
  return [labelHead(key, sha256, label), file.subarray(bodyStart(file))];
}

/** What stands before the sealed bytes of an object with a label. */
function labelHead(key: Uint8Array, sha256: string, label: Uint8Array): Buffer {
  const sealed = seal(key, label, labelContext(sha256));
  if (sealed.length > MAX_LABEL_BYTES) throw new Error('the label is too long');
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt8(LABELLED);
  header.writeUInt32BE(sealed.length, 1);
  return Buffer.concat([header, sealed]);
}

/** The plain bytes; throws when the file is damaged or sealed by another key. */
export function bytesOf(key: Uint8Array, sha256: string, file: Uint8Array): Buffer {
  return open(key, file.subarray(bodyStart(file)), sha256);
}

/** As `bytesOf`, in turns. */
export function bytesInTurns(key: Uint8Array, sha256: string, file: Uint8Array): Promise<Buffer> {
  return openInTurns(key, file.subarray(bodyStart(file)), sha256);
}

/** The plain label; undefined where the object has none. Throws as `bytesOf` does. */
export function labelOf(key: Uint8Array, sha256: string, file: Uint8Array): Buffer | undefined {
  const start = bodyStart(file);
  if (start === 0) return undefined;
  return open(key, file.subarray(HEADER_BYTES, start), labelContext(sha256));
}

/** As `labelOf`, without reading the picture behind the label. */
export async function readLabel(
  key: Uint8Array,
  sha256: string,
  path: string,
): Promise<Buffer | undefined> {
  const file = await openFile(path, 'r');
  try {
    const header = await readExactly(file, 0, HEADER_BYTES);
    const end = bodyStart(header);
    if (end === 0) return undefined;
    return labelOf(
      key,
      sha256,
      Buffer.concat([header, await readExactly(file, HEADER_BYTES, end)]),
    );
  } finally {
    await file.close();
  }
}

async function readExactly(file: FileHandle, from: number, to: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(to - from), 0, to - from, from);
  if (bytesRead < to - from) throw new Error('the object is cut short');
  return buffer;
}

/** Where the sealed bytes begin: 0 without a label. */
function bodyStart(file: Uint8Array): number {
  if (file[0] !== LABELLED) return 0;
  if (file.length < HEADER_BYTES) throw new Error('the object is cut short');
  const length = Buffer.from(file.buffer, file.byteOffset, HEADER_BYTES).readUInt32BE(1);
  if (length > MAX_LABEL_BYTES) throw new Error('the label’s length is damaged');
  return HEADER_BYTES + length;
}
