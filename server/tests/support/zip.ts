import { crc32, deflateRawSync } from 'node:zlib';

export type ZipFile = {
  readonly name: string | Buffer;
  readonly bytes: Uint8Array;
  /** General purpose flag: 1 encrypted, 0x800 name in UTF-8. */
  readonly flags?: number;
};

/** A ZIP archive, written by hand so that tests can spoil it. */
export function makeZip(files: readonly ZipFile[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const local = localOf(file);
    directory.push(directoryOf(file, offset));
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, central, end]);
}

const nameOf = ({ name }: ZipFile) => (typeof name === 'string' ? Buffer.from(name) : name);
const flagsOf = ({ name, flags }: ZipFile) => flags ?? (typeof name === 'string' ? 0x800 : 0);

function localOf(file: ZipFile): Buffer {
  const name = nameOf(file);
  const packed = deflateRawSync(file.bytes);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(flagsOf(file), 6);
  header.writeUInt16LE(8, 8);
  header.writeUInt32LE(crc32(file.bytes), 14);
  header.writeUInt32LE(packed.length, 18);
  header.writeUInt32LE(file.bytes.length, 22);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name, packed]);
}

function directoryOf(file: ZipFile, offset: number): Buffer {
  const name = nameOf(file);
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(flagsOf(file), 8);
  header.writeUInt16LE(8, 10);
  header.writeUInt32LE(deflateRawSync(file.bytes).length, 20);
  header.writeUInt32LE(file.bytes.length, 24);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt32LE(offset, 42);
  return Buffer.concat([header, name]);
}
