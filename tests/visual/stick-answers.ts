import { fail, ok } from '@gradshot/domain';
import type { PhotoFileView, SavedPart, StickOutcome } from '../../src/shared/index.ts';
import type { Answers } from './station-double.ts';

const saves = (value: SavedPart) => ok(value);
const handsIn = (outcome: StickOutcome) => ok({ outcome });

const STATION = '图书馆一楼 1 号机';
const part: SavedPart & { readonly outcome: 'saved' } = {
  outcome: 'saved',
  fileName: `gradshot-${STATION}-2026-11-23-0631.photos`,
  photos: 24,
  more: true,
  unreadable: 0,
  keyRegistered: true,
};
const photoId = (n: number) => `0b9f6d3e-52cc-4f59-8d1c-94c6f2d6a00${n}`;
const file: PhotoFileView = {
  installationId: photoId(0),
  stationName: STATION,
  savedAt: '2026-11-23T06:31:00.000Z',
  photos: [1, 2, 3, 4].map((n) => ({
    ...{ photoId: photoId(n), orderNo: `G2026112300018${n}` },
    ...{ originalSha256: 'a'.repeat(64), standardSha256: 'b'.repeat(64) },
    ...{ from: 1000, originalBytes: 100, standardBytes: 10 },
  })),
};

/** Unsent photos to a stick and from it, in the order in which the test asks. */
export const STICK_ANSWERS: Answers = {
  'staff.savePhotos': [
    fail('station.fileNotSaved', { reason: 'EROFS' }),
    saves(part),
    saves({
      ...part,
      ...{ fileName: part.fileName.replace('.photos', '-2.photos'), photos: 7, more: false },
      ...{ unreadable: 1, keyRegistered: false },
    }),
    saves({ outcome: 'nothing', unreadable: 0 }),
  ],
  'staff.readPhotoFile': [ok(file), fail('stick.notPhotoFile'), ok(file)],
  'staff.handInPhoto': [
    handsIn('handedIn'),
    handsIn('thereAlready'),
    fail('stick.orderGoneOn'),
    fail('stick.damaged'),
    fail('network.unreachable'),
  ],
};
