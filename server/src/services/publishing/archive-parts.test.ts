import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDirectory } from '../../adapters/roster-files/zip-directory.ts';
import { archiveBytes, inPieces, partsOf, zipBytes } from './archive-parts.ts';

async function* each<T>(list: readonly T[]): AsyncGenerator<T> {
  yield* list;
}

async function whole(bytes: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return Buffer.concat(pieces);
}

const PHOTOS = ['张示例-1.jpg', '2.jpg', '3.jpg'].map((name, index) => ({
  name,
  bytes: Buffer.alloc(70_000 + index, index + 1),
}));

test('an archive holds each photo byte for byte, stored, and is as long as foretold', async () => {
  const zip = await whole(zipBytes(each(PHOTOS)));
  expect(zip.length).toBe(
    archiveBytes(PHOTOS.map(({ name, bytes }) => ({ name, bytes: bytes.length }))),
  );
  const { entries } = readDirectory(zip);
  expect(entries.map(({ name, method, utf8 }) => [name.toString(), method, utf8])).toEqual(
    PHOTOS.map(({ name }) => [name, 0, true]),
  );
  for (const [index, { start, packed, name }] of entries.entries()) {
    const data = zip.subarray(start + 30 + name.length, start + 30 + name.length + packed);
    expect(data.equals(PHOTOS[index]?.bytes ?? Buffer.alloc(0))).toBe(true);
    // In the local header, where readers that go from the start look for it.
    expect(zip.readUInt32LE(start + 14)).toBe(crc32(data));
    expect(zip.readUInt16LE(start + 6) & 8).toBe(0);
  }
});

test('the same photos make the same archive, at any time and in any zone', async () => {
  const zone = process.env.TZ;
  const zips: string[] = [];
  for (const TZ of ['Asia/Shanghai', 'America/New_York']) {
    process.env.TZ = TZ;
    zips.push((await whole(zipBytes(each(PHOTOS)))).readUInt32LE(10).toString(16));
  }
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
  // Time and date of the first entry.
  expect(zips).toEqual(['28210000', '28210000']);
});

test('no archive is larger or fuller than it may be, and none is empty', () => {
  const photo = fc.record({
    name: fc.string({ maxLength: 20 }),
    bytes: fc.integer({ min: 1, max: 9e5 }),
  });
  fc.assert(
    fc.property(
      fc.array(photo, { maxLength: 40 }),
      fc.integer({ min: 1, max: 9 }),
      (photos, max) => {
        const parts = partsOf(photos, { maxPartMb: 1, maxPartPhotos: max });
        const last = parts.at(-1) ?? 0;
        for (let part = 1; part <= last; part += 1) {
          const own = photos.filter((_, index) => parts[index] === part);
          expect(own.length).toBeGreaterThan(0);
          expect(own.length).toBeLessThanOrEqual(max);
          expect(own.length === 1 || archiveBytes(own) <= 1024 * 1024).toBe(true);
        }
        expect([...parts].sort((a, b) => a - b)).toEqual(parts);
      },
    ),
  );
});

test('pieces are of one size and together what went in', async () => {
  const bytes = fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(bytes, fc.integer({ min: 1, max: 40 }), async (list, size) => {
      const pieces: Buffer[] = [];
      for await (const piece of inPieces(each(list.map((x) => Buffer.from(x))), size))
        pieces.push(piece);
      expect(Buffer.concat(pieces).equals(Buffer.concat(list))).toBe(true);
      expect(pieces.slice(0, -1).every(({ length }) => length === size)).toBe(true);
    }),
  );
});
