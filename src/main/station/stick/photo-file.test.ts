import { createHash, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type PackedPhoto, type PhotoFileOrigin, photoFile, readPhotoFile } from './photo-file.ts';

const ORIGIN: PhotoFileOrigin = {
  station: { stationId: randomUUID(), installationId: randomUUID(), name: '图书馆一楼 1 号机' },
  savedAt: '2026-11-23T01:00:00.000Z',
};
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

function packed(original: Uint8Array, standard: Uint8Array): PackedPhoto {
  const digests = { originalSha256: sha256(original), standardSha256: sha256(standard) };
  return { photo: { photoId: randomUUID(), orderNo: 'G1', ...digests }, original, standard };
}
const photos = fc.array(
  fc
    .tuple(fc.uint8Array({ minLength: 1 }), fc.uint8Array({ minLength: 1 }))
    .map(([original, standard]) => packed(original, standard)),
  { maxLength: 5 },
);
const damaged = { ok: false, error: { code: 'stick.damaged' } };

it('gives back every photo’s very bytes', () => {
  fc.assert(
    fc.property(photos, (all) => {
      const file = photoFile(ORIGIN, all);
      const view = readPhotoFile(file);
      if (!view.ok) throw new Error(view.error.code);
      expect(view.value).toMatchObject({
        installationId: ORIGIN.station.installationId,
        stationName: ORIGIN.station.name,
        savedAt: ORIGIN.savedAt,
      });
      expect(view.value.photos).toHaveLength(all.length);
      for (const [
        index,
        { from, originalBytes, standardBytes, ...photo },
      ] of view.value.photos.entries()) {
        const { original, standard, photo: put } = all[index]!;
        const middle = from + originalBytes;
        expect(photo).toEqual(put);
        expect(file.subarray(from, middle).equals(original)).toBe(true);
        expect(file.subarray(middle, middle + standardBytes).equals(standard)).toBe(true);
      }
    }),
  );
});

it('is known by its beginning alone', () => {
  const file = photoFile(ORIGIN, [packed(Buffer.alloc(900_000, 1), Buffer.alloc(900_000, 2))]);
  expect(readPhotoFile(file.subarray(0, 4096))).toEqual(readPhotoFile(file));
});

it('notices every byte that is wrong, and every cut, before the first object', () => {
  const file = photoFile(ORIGIN, [packed(Buffer.from('a'), Buffer.from('b'))]);
  const view = readPhotoFile(file);
  const end = view.ok ? (view.value.photos[0]?.from ?? 0) : 0;
  expect(end).toBe(file.length - 2);
  for (let at = 0; at < end; at += 1) {
    const wrong = Buffer.from(file);
    wrong[at] = (wrong[at] ?? 0) ^ 0x01;
    expect(readPhotoFile(wrong).ok, `byte ${at}`).toBe(false);
    expect(readPhotoFile(file.subarray(0, at)).ok, `cut at ${at}`).toBe(false);
  }
  expect(readPhotoFile(file.subarray(0, end - 1))).toEqual(damaged);
});

it('tells a stranger from a newer file and from a damaged one', () => {
  const file = photoFile(ORIGIN, []);
  const newer = Buffer.from(file);
  newer[16] = 2;
  expect(readPhotoFile(newer)).toEqual({ ok: false, error: { code: 'stick.fileNewer' } });
  expect(readPhotoFile(Buffer.from('PK\u0003\u0004 a zip file'))).toEqual({
    ok: false,
    error: { code: 'stick.notPhotoFile' },
  });
});

it.each(['not JSON', '{"photos":[]}'])('takes no header of another shape: %s', (text) => {
  const json = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(json.length);
  const digest = createHash('sha256').update(json).digest();
  const head = photoFile(ORIGIN, []).subarray(0, 17);
  expect(readPhotoFile(Buffer.concat([head, length, digest, json]))).toEqual(damaged);
});
