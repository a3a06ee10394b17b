import { deflateSync } from 'node:zlib';
import type { Mutation } from './damage.ts';
import {
  circularExif,
  exifField,
  findSegment,
  insertSegments,
  jpegSegment,
} from './jpeg-segments.ts';
import { insertChunks, pngChunk, pngFile, pngHeader, zeros } from './png-chunks.ts';
import type { Seed } from './seeds.ts';

const named = (seeds: readonly Seed[], name: string) =>
  Buffer.from(seeds.find((seed) => seed.name === name)!.bytes);

const COM = 0xfe;
const APP2 = 0xe2;
const SOF = [0xc0, 0xc1, 0xc2];
const SOS = 0xda;

/** Claims any size and has hardly any pixels. */
const pngHugeClaim: Mutation = (_, chance) => {
  const side = () => chance.magnitude(1, 0x7fffffff);
  const bitDepth = chance.pick([1, 2, 4, 8, 16]);
  const colourType = chance.pick([0, 2, 3, 4, 6]);
  const header = pngHeader({ width: side(), height: side(), bitDepth, colourType });
  return pngFile(header, pngChunk('IDAT', zeros(chance.magnitude(1, 1_000_000))));
};

let inflating: Buffer | undefined;

/** 99 million pixels, all there, in 100 kB: just inside the limits. */
const pngInflates: Mutation = () => {
  const [width, height] = [11_000, 9000];
  inflating ??= pngFile(
    pngHeader({ width, height }),
    pngChunk('IDAT', zeros((3 * width + 1) * height)),
  );
  return inflating;
};

const pngManyChunks: Mutation = (seeds, chance) => {
  const chunk = pngChunk(
    chance.pick(['tEXt', 'zTXt', 'iTXt', 'abCd', 'IDAT', 'PLTE', 'tRNS']),
    chance.bytes(chance.between(0, 40)),
  );
  const count = chance.magnitude(100, 100_000);
  return insertChunks(
    named(seeds, 'png'),
    Buffer.concat(Array.from({ length: count }, () => chunk)),
  );
};

/** A text or colour profile that unpacks to far more than it weighs. */
const pngTextBomb: Mutation = (seeds, chance) => {
  const packed = deflateSync(Buffer.alloc(chance.magnitude(1_000_000, 60_000_000), 0x41));
  const type = chance.pick(['zTXt', 'iCCP']);
  const data = Buffer.concat([Buffer.from('name\0\0', 'latin1'), packed]);
  return insertChunks(named(seeds, 'png'), pngChunk(type, data));
};

/** The frame header says another size than the scan has. */
const jpegOtherSize: Mutation = (seeds, chance) => {
  const file = named(seeds, chance.pick(['jpeg', 'jpeg-progressive', 'jpeg-grey']));
  const at = findSegment(file, SOF);
  file.writeUInt16BE(chance.magnitude(1, 65_535), at + 5);
  file.writeUInt16BE(chance.magnitude(1, 65_535), at + 7);
  return file;
};

/** A progressive file whose last scan comes again and again: work without end in few bytes. */
const jpegManyScans: Mutation = (seeds, chance) => {
  const file = named(seeds, 'jpeg-progressive');
  const from = file.lastIndexOf(Buffer.from([0xff, SOS]));
  const scan = file.subarray(from, file.length - 2);
  const copies = Array.from({ length: chance.magnitude(10, 3000) }, () => scan);
  return Buffer.concat([file.subarray(0, -2), ...copies, Buffer.from([0xff, 0xd9])]);
};

const jpegManySegments: Mutation = (seeds, chance) => {
  const marker = chance.pick([COM, APP2, 0xe1, 0xed, 0xdb, 0xc4, 0xdd]);
  const data = chance.bytes(chance.between(0, 64));
  const count = chance.magnitude(100, 50_000);
  const segments = Array.from({ length: count }, () => jpegSegment(marker, data));
  return insertSegments(named(seeds, 'jpeg'), ...segments);
};

/** A colour profile in up to 255 parts, with wrong counts, wrong order or nonsense inside. */
const jpegDeepProfile: Mutation = (seeds, chance) => {
  const count = chance.between(1, 255);
  const parts = Array.from({ length: count }, (_, index) => {
    const head = Buffer.from('ICC_PROFILE\0\0\0', 'latin1');
    head[12] = chance.next() < 0.9 ? index + 1 : chance.between(0, 255);
    head[13] = chance.next() < 0.9 ? count : chance.between(0, 255);
    const body = Buffer.alloc(chance.magnitude(1, 20_000), chance.between(0, 255));
    return jpegSegment(APP2, Buffer.concat([head, body]));
  });
  return insertSegments(named(seeds, 'jpeg'), ...parts);
};

const jpegDeepExif: Mutation = (seeds, chance) => {
  const file = named(seeds, chance.pick(['jpeg', 'jpeg-progressive']));
  if (chance.next() < 0.5) return insertSegments(file, circularExif(chance.between(1, 3000)));
  const orientation = 0x0112;
  const tag = chance.pick([orientation, 0x8769, 0x0201, 0x927c, chance.between(0, 65_535)]);
  const field = exifField(
    tag,
    chance.between(0, 14),
    chance.pick([0, 1, 0xffffffff, 0x40000000]),
    chance.pick([0, 8, 26, 0xffffffff, chance.between(0, 2 ** 31)]),
  );
  return insertSegments(file, field);
};

const webpHugeClaim: Mutation = (seeds, chance) => {
  const file = named(seeds, chance.pick(['webp', 'webp-lossless']));
  const chunk = file.indexOf(chance.pick(['VP8 ', 'VP8L', 'VP8X']));
  const at = chunk < 0 ? 12 : chunk;
  const to = Math.min(file.length, at + 8 + 18);
  for (let i = at + 8; i < to; i++) if (chance.next() < 0.5) file[i] = chance.pick([0xff, 0x3f, 0]);
  return file;
};

/** An animation of thousands of frames, each the whole picture. */
const webpManyFrames: Mutation = (seeds, chance) => {
  const picture = named(seeds, 'webp').subarray(12);
  const frame = riffChunk('ANMF', Buffer.concat([Buffer.alloc(16), picture]));
  const canvas = Buffer.alloc(10);
  canvas[0] = 0x02;
  canvas.writeUIntLE(chance.pick([479, 16_382, 0xffffff]), 4, 3);
  canvas.writeUIntLE(chance.pick([639, 16_382, 0xffffff]), 7, 3);
  const count = chance.magnitude(2, 1000);
  const body = Buffer.concat([
    Buffer.from('WEBP', 'latin1'),
    riffChunk('VP8X', canvas),
    riffChunk('ANIM', Buffer.alloc(6)),
    ...Array.from({ length: count }, () => frame),
  ]);
  return riffChunk('RIFF', body);
};

/** The container says another size than the coded picture has, or than anything can have. */
const heicOtherSize: Mutation = (seeds, chance) => {
  const file = named(seeds, chance.pick(['heic-plain', 'heic-tiled', 'heic-ten-bit']));
  const from = chance.next() < 0.5 ? file.indexOf('ispe') : file.lastIndexOf('ispe');
  file.writeUInt32BE(chance.magnitude(1, 0xffffffff), from + 8);
  file.writeUInt32BE(chance.magnitude(1, 0xffffffff), from + 12);
  return file;
};

/** A grid of up to 65,536 tiles that are the same six again and again, or are missing. */
const heicOtherGrid: Mutation = (seeds, chance) => {
  const file = named(seeds, 'heic-tiled');
  const layout = file.length - GRID_BYTES;
  file[layout + 2] = chance.magnitude(1, 256) - 1;
  file[layout + 3] = chance.magnitude(1, 256) - 1;
  file.writeUInt16BE(chance.magnitude(1, 65_535), layout + 4);
  file.writeUInt16BE(chance.magnitude(1, 65_535), layout + 6);
  return file;
};

/** The grid's own description is the last item of its file. */
const GRID_BYTES = 8;

/** Boxes that say to be longer than the file, or to hold more entries than fit. */
const heicBrokenBox: Mutation = (seeds, chance) => {
  const file = named(seeds, chance.pick(seeds.filter(isHeic)).name);
  const types = ['meta', 'iloc', 'iinf', 'iprp', 'ipco', 'ipma', 'hvcC', 'colr', 'iref', 'mdat'];
  const at = file.indexOf(chance.pick(types));
  if (at < 4) return file;
  const field = at + chance.pick([-4, 4, 8, 12, 16]);
  file.writeUInt32BE(chance.pick([0, 1, 7, 0xffff, 0x7fffffff, 0xffffffff]), field);
  return file;
};

const isHeic = ({ name }: Seed) => name.startsWith('heic');

function riffChunk(type: string, data: Uint8Array): Buffer {
  const head = Buffer.from(`${type}\0\0\0\0`, 'latin1');
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
}

const OTHER_FILES = [
  '<svg xmlns="http://www.w3.org/2000/svg" width="99999" height="99999"><rect width="1" height="1"/></svg>',
  '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg">&b;</svg>',
  '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>',
  'GIF89a\xff\xff\xff\xff\xf7\0\0',
  'BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\xff\xff\xff\x7f\xff\xff\xff\x7f\x01\0\x18\0',
  'II*\0\x08\0\0\0\xff\xff',
  '\0\0\0\x20ftypavif\0\0\0\0avifmif1miaf',
  '\0\0\0\x18ftypheic\0\0\0\0mif1heic',
  'P6 99999 99999 255\n',
  '',
];

const otherFile: Mutation = (_, chance) => Buffer.from(chance.pick(OTHER_FILES), 'latin1');

/** Files that are made to hurt: small ones that claim, unpack to or cost a great deal. */
export const BOMBS: Readonly<Record<string, Mutation>> = {
  pngHugeClaim,
  pngInflates,
  pngManyChunks,
  pngTextBomb,
  jpegOtherSize,
  jpegManyScans,
  jpegManySegments,
  jpegDeepProfile,
  jpegDeepExif,
  webpHugeClaim,
  webpManyFrames,
  heicOtherSize,
  heicOtherGrid,
  heicBrokenBox,
  otherFile,
};
