/** Reading and writing the boxes of a HEIF file (ISO/IEC 14496-12), as far as the recorder needs. */

/** The content of the first box at this path, without its header; throws where there is none. */
export function boxAt(file: Buffer, ...path: readonly string[]): Buffer {
  let content = file;
  for (const type of path) {
    content = findBox(content, type);
    if (type === 'meta') content = content.subarray(4);
  }
  return content;
}

function findBox(content: Buffer, type: string): Buffer {
  for (let at = 0; at + 8 <= content.length; at += content.readUInt32BE(at)) {
    const size = content.readUInt32BE(at);
    if (content.toString('latin1', at + 4, at + 8) === type) {
      return content.subarray(at + 8, at + size);
    }
  }
  throw new Error(`no box ${type}`);
}

const u8 = (...values: number[]) => Buffer.from(values);

export function u16(...values: number[]): Buffer {
  return Buffer.concat(values.map((value) => u8(value >> 8, value & 255)));
}

export function u32(...values: number[]): Buffer {
  return Buffer.concat(values.map((value) => u16(value >>> 16, value & 0xffff)));
}

export function box(type: string, ...parts: readonly Buffer[]): Buffer {
  const size = parts.reduce((sum, part) => sum + part.length, 8);
  return Buffer.concat([u32(size), Buffer.from(type, 'latin1'), ...parts]);
}

function fullBox(type: string, version: number, ...parts: readonly Buffer[]): Buffer {
  return box(type, u8(version, 0, 0, 0), ...parts);
}

/** One coded picture or a derivation of others. */
export type Item = {
  readonly type: string;
  readonly data: Buffer;
  /** Whole property boxes; transforms are applied in this order. */
  readonly properties: readonly Buffer[];
  /** Numbers (from 1) of the items that it is derived from. */
  readonly from?: readonly number[];
  /** Number of the item that this one only says something about. */
  readonly describes?: number;
};

/** A HEIC file of these items, numbered from 1; all but the primary one are hidden. */
export function heicFile(items: readonly Item[], primary: number): Buffer {
  const ftyp = box('ftyp', Buffer.from('heic\0\0\0\0mif1heicmiaf', 'latin1'));
  // positions have a fixed width, so the first pass finds the length and the second is right
  const length = ftyp.length + meta(items, primary, 0).length + 8;
  return Buffer.concat([
    ftyp,
    meta(items, primary, length),
    box('mdat', ...items.map(({ data }) => data)),
  ]);
}

function meta(items: readonly Item[], primary: number, dataAt: number): Buffer {
  return fullBox(
    'meta',
    0,
    fullBox('hdlr', 0, u32(0), Buffer.from('pict', 'latin1'), Buffer.alloc(13)),
    fullBox('pitm', 0, u16(primary)),
    locations(items, dataAt),
    entries(items, primary),
    properties(items),
    references(items),
  );
}

function locations(items: readonly Item[], dataAt: number): Buffer {
  let at = dataAt;
  const located = items.map(({ data }, index) => {
    const location = Buffer.concat([u16(index + 1, 0, 1), u32(at, data.length)]);
    at += data.length;
    return location;
  });
  return fullBox('iloc', 0, u8(0x44, 0), u16(items.length), ...located);
}

function entries(items: readonly Item[], primary: number): Buffer {
  const infos = items.map(({ type }, index) => {
    const hidden = index + 1 === primary ? 0 : 1;
    const text = Buffer.from(`${type}\0`, 'latin1');
    return box('infe', u8(2, 0, 0, hidden), u16(index + 1, 0), text);
  });
  return fullBox('iinf', 0, u16(items.length), ...infos);
}

function properties(items: readonly Item[]): Buffer {
  // tiles share theirs: there are only 127 numbers
  const all = [...new Set(items.flatMap((item) => item.properties.map(toText)))];
  const associations = items.map((item, index) => {
    const essential = 0x80;
    const own = item.properties.map((property) => essential | (all.indexOf(toText(property)) + 1));
    return Buffer.concat([u16(index + 1), u8(own.length, ...own)]);
  });
  return box(
    'iprp',
    box('ipco', ...all.map((property) => Buffer.from(property, 'latin1'))),
    fullBox('ipma', 0, u32(items.length), ...associations),
  );
}

const toText = (property: Buffer) => property.toString('latin1');

function references(items: readonly Item[]): Buffer {
  const all = items.flatMap(({ from, describes }, index) => [
    ...(from ? [box('dimg', u16(index + 1, from.length, ...from))] : []),
    ...(describes ? [box('cdsc', u16(index + 1, 1, describes))] : []),
  ]);
  return all.length > 0 ? fullBox('iref', 0, ...all) : Buffer.alloc(0);
}

/** Size of a picture before its transforms. */
export const ispe = (width: number, height: number) => fullBox('ispe', 0, u32(width, height));
/** Quarter turns against the clock. */
export const irot = (turns: number) => box('irot', u8(turns));
/** 0: upside down; 1: left and right exchanged. */
export const imir = (axis: number) => box('imir', u8(axis));
/** Keeps the middle, `width` × `height` pixels. */
export const clap = (width: number, height: number) =>
  box('clap', u32(width, 1, height, 1, 0, 1, 0, 1));
/** Colour by numbers of ITU-T H.273, full range. */
export const nclx = (primaries: number, transfer: number) =>
  box('colr', Buffer.from('nclx', 'latin1'), u16(primaries, transfer, 6), u8(0x80));
/** EXIF with nothing but an orientation, as the content of an item of type `Exif`. */
export function exifItem(orientation: number): Buffer {
  const bigEndian = Buffer.from('MM\0*', 'latin1');
  const entry = Buffer.concat([u16(1, 0x0112, 3), u32(1), u16(orientation, 0)]);
  return Buffer.concat([u32(0), bigEndian, u32(8), entry, u32(0)]);
}

/** How the tiles of a grid lie. */
export const grid = (rows: number, columns: number, width: number, height: number) =>
  Buffer.concat([u8(0, 0, rows - 1, columns - 1), u16(width, height)]);
