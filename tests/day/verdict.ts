import type { Arrival } from './arrivals.ts';

/** What the station said is handed in, and what was shot for it. */
export type HandedIn = {
  readonly code: string;
  readonly photoId: string;
  readonly originalSha256: string;
  readonly standardSha256: string;
};

/** By 采集码. */
export type Verdict = {
  readonly exactlyOnce: number;
  /** The server does not have the photo, or not its 提交. */
  readonly lost: readonly string[];
  /** More than one photo, or more than one 提交 that counted. */
  readonly doubled: readonly string[];
  /** Other bytes than those that were shot and made. */
  readonly changed: readonly string[];
};

export function judge(handedIn: readonly HandedIn[], arrivals: readonly Arrival[]): Verdict {
  const arrived = new Map(arrivals.map((arrival) => [arrival.code, arrival]));
  const codesWhere = (is: (promise: HandedIn, arrival: Arrival | undefined) => boolean) =>
    handedIn.filter((promise) => is(promise, arrived.get(promise.code))).map(({ code }) => code);
  const lost = codesWhere(isLost);
  const doubled = codesWhere((_, arrival) => isDoubled(arrival));
  const changed = codesWhere(isChanged);
  const wrong = new Set([...lost, ...doubled, ...changed]);
  return { exactlyOnce: handedIn.length - wrong.size, lost, doubled, changed };
}

function isLost({ photoId }: HandedIn, arrival: Arrival | undefined): boolean {
  if (arrival?.state !== 'underReview') return true;
  return !arrival.handedIn.includes(photoId) || !arrival.photos.some((x) => x.photoId === photoId);
}

function isDoubled(arrival: Arrival | undefined): boolean {
  return arrival !== undefined && (arrival.photos.length > 1 || arrival.handedIn.length > 1);
}

function isChanged(promise: HandedIn, arrival: Arrival | undefined): boolean {
  const photo = arrival?.photos.find((x) => x.photoId === promise.photoId);
  if (!photo) return false;
  const { originalSha256, standardSha256 } = promise;
  return photo.originalSha256 !== originalSha256 || photo.standardSha256 !== standardSha256;
}
