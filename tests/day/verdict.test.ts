import { expect, it } from 'vitest';
import type { Arrival } from './arrivals.ts';
import { type HandedIn, judge } from './verdict.ts';

const HANDED_IN: HandedIn = {
  ...{ code: 'c', photoId: 'photo', originalSha256: 'original', standardSha256: 'standard' },
};
const { code: _, ...PHOTO } = { ...HANDED_IN, uploads: 3 };
const ARRIVED: Arrival = {
  ...{ code: 'c', state: 'underReview', photos: [PHOTO], handedIn: ['photo'] },
};

it.each([
  ['as it was handed in, however often it was sent', {}, {}],
  ['without a 提交', { handedIn: [] }, { lost: ['c'] }],
  ['with another photo’s 提交', { handedIn: ['other'] }, { lost: ['c'] }],
  ['without the photo', { photos: [] }, { lost: ['c'] }],
  ['not under review', { state: 'pendingSubmission' }, { lost: ['c'] }],
  ['handed in twice', { handedIn: ['photo', 'photo'] }, { doubled: ['c'] }],
  ['with a second photo', { photos: [PHOTO, { ...PHOTO, photoId: 'p2' }] }, { doubled: ['c'] }],
  ['with another original', { photos: [{ ...PHOTO, originalSha256: 'x' }] }, { changed: ['c'] }],
  ['with another standard', { photos: [{ ...PHOTO, standardSha256: 'x' }] }, { changed: ['c'] }],
] satisfies [string, Partial<Arrival>, object][])('%s', (_name, changes, found) => {
  const exactlyOnce = Object.keys(found).length === 0 ? 1 : 0;
  expect(judge([HANDED_IN], [{ ...ARRIVED, ...changes }])).toEqual({
    ...{ exactlyOnce, lost: [], doubled: [], changed: [] },
    ...found,
  });
});

it('what the server has never heard of is lost', () => {
  expect(judge([HANDED_IN], [])).toMatchObject({ exactlyOnce: 0, lost: ['c'] });
});
