import type { RefusalReason } from './standardization.ts';

/** What a look at the live preview says, and which of several frames is the best. */

/**
 * `blocks`: a photo taken now would be refused. `corrects`: it would pass, and the graduate can do
 * better. `advises`: light and wall, which only staff can change; nobody is kept waiting for it.
 */
export const HINT_WEIGHTS = ['blocks', 'corrects', 'advises'] as const;
export type HintWeight = (typeof HINT_WEIGHTS)[number];

/** Where the graduate should move, from where they stand. */
export const GUIDE_ARROWS = [
  'left',
  'right',
  'closer',
  'back',
  'up',
  'down',
  'tiltLeft',
  'tiltRight',
  'turnLeft',
  'turnRight',
] as const;
export type GuideArrow = (typeof GUIDE_ARROWS)[number];

export type GuideHint = RefusalReason & {
  readonly weight: HintWeight;
  readonly arrow?: GuideArrow | undefined;
};

/** The heaviest hint in one word: red, amber, green. */
export const GUIDE_STATES = ['blocked', 'adjust', 'ready'] as const;
export type GuideState = (typeof GUIDE_STATES)[number];

export function guideStateOf(hints: readonly Pick<GuideHint, 'weight'>[]): GuideState {
  if (hints.some(({ weight }) => weight === 'blocks')) return 'blocked';
  return hints.some(({ weight }) => weight === 'corrects') ? 'adjust' : 'ready';
}

/** The heaviest first; within one weight the order of urgency stays. */
export function byWeight<H extends Pick<GuideHint, 'weight'>>(hints: readonly H[]): H[] {
  return HINT_WEIGHTS.flatMap((weight) => hints.filter((hint) => hint.weight === weight));
}

/** Measures of the checks that tell frames of one burst apart; null where one could not be taken. */
export type FrameRating = {
  /** As the check `eyes.open` measures it; more is more open. */
  readonly eyesOpen: number | null;
  /** As the check `picture.sharpness` measures it; more is sharper. */
  readonly sharpness: number | null;
  /** Roll, yaw and pitch together, degrees away from straight. */
  readonly tiltDeg: number;
};

export type RatedFrame = { readonly state: GuideState; readonly rating?: FrameRating | undefined };

/**
 * Index of the best frame of a burst; undefined for an empty one. What the guide says of it counts
 * first, so that closed eyes never win. Among equals each measure gives up to one point, as its share
 * of the burst's own range: whose eyes are widest open, whose picture is sharpest, whose head is
 * straightest. Where nothing tells them apart the first wins: the moment that was waited for.
 */
export function bestFrame(frames: readonly RatedFrame[]): number | undefined {
  const states = frames.map(({ state }) => GUIDE_STATES.indexOf(state));
  const highest = Math.max(...states);
  const left = frames.map((_, index) => index).filter((index) => states[index] === highest);
  const points = new Map(left.map((index) => [index, 0]));
  for (const measure of MEASURES) {
    const values = left.map((index) => measure(frames[index]?.rating));
    for (const [place, share] of shares(values).entries()) {
      const index = left[place];
      if (index !== undefined) points.set(index, (points.get(index) ?? 0) + share);
    }
  }
  return left.reduce<number | undefined>(
    (best, index) =>
      best === undefined || (points.get(index) ?? 0) > (points.get(best) ?? 0) ? index : best,
    undefined,
  );
}

type Measure = (rating: FrameRating | undefined) => number | null;
const MEASURES: readonly Measure[] = [
  (rating) => rating?.eyesOpen ?? null,
  (rating) => rating?.sharpness ?? null,
  (rating) => (rating ? -rating.tiltDeg : null),
];

/** 0 for the least of the values, 1 for the greatest; 0 for what could not be measured. */
function shares(values: readonly (number | null)[]): number[] {
  const known = values.filter((value) => value !== null);
  const least = Math.min(...known);
  const range = Math.max(...known) - least;
  return values.map((value) => (value === null || range === 0 ? 0 : (value - least) / range));
}
