import { cosineSimilarity } from '../identity/cosine-similarity.ts';
import {
  DEFAULT_IDENTITY_THRESHOLDS,
  type IdentityThresholds,
} from '../identity/identity-thresholds.ts';

/** One picture of a roster. `person` is any key that two pictures of one person share. */
export type RosterEntry = { readonly person: string; readonly embedding: Float32Array };

export type PairScores = {
  readonly same: readonly number[];
  readonly different: readonly number[];
};

export type Calibration = {
  /** Fitted, or the defaults when there were too few pairs. */
  readonly thresholds: IdentityThresholds;
  readonly fitted: boolean;
  readonly samePairs: number;
  readonly differentPairs: number;
  /** Share of same pairs that the thresholds call a mismatch, 0–1: work for the operator. */
  readonly falseMismatch: number;
  /** Share of different pairs that the thresholds call similar, 0–1: the dangerous kind. */
  readonly falseSimilar: number;
};

/** Fewer pairs than this say nothing about one in a thousand. */
const MIN_SAME_PAIRS = 200;
const MIN_DIFFERENT_PAIRS = 2000;
/** Same pairs that may be called a mismatch, and different pairs that may be called similar. */
const TOLERATED = 0.001;
/** A roster that small would put the limits exactly at its own extremes. */
const SAFETY = 0.02;

/** Scores all pairs of a roster. Pairs grow with the square of its size: 2000 entries take 2 s. */
export function scorePairs(roster: readonly RosterEntry[]): PairScores {
  const same: number[] = [];
  const different: number[] = [];
  roster.forEach((first, index) => {
    for (const second of roster.slice(index + 1)) {
      const list = first.person === second.person ? same : different;
      list.push(cosineSimilarity(first.embedding, second.embedding));
    }
  });
  return { same, different };
}

/**
 * Fits the bands to a roster: below `mismatchBelow` lie hardly any same pairs, from `similarFrom`
 * on hardly any different ones. With too few pairs the defaults stay, and the report says so.
 */
export function calibrate({ same, different }: PairScores, basis: string): Calibration {
  const fitted = same.length >= MIN_SAME_PAIRS && different.length >= MIN_DIFFERENT_PAIRS;
  const thresholds = fitted ? fit(same, different, basis) : DEFAULT_IDENTITY_THRESHOLDS;
  return {
    thresholds,
    fitted,
    samePairs: same.length,
    differentPairs: different.length,
    falseMismatch: share(same, (score) => score < thresholds.mismatchBelow),
    falseSimilar: share(different, (score) => score >= thresholds.similarFrom),
  };
}

function fit(same: readonly number[], different: readonly number[], basis: string) {
  const lowestSame = quantile(same, TOLERATED) - SAFETY;
  const highestDifferent = quantile(different, 1 - TOLERATED) + SAFETY;
  return {
    // When the two kinds do not overlap, both limits would cross: everything between is unclear.
    mismatchBelow: round(Math.min(lowestSame, highestDifferent)),
    similarFrom: round(Math.max(lowestSame, highestDifferent)),
    basis,
  };
}

/** Value below which a share of the scores lies; never between two scores. */
function quantile(scores: readonly number[], portion: number): number {
  const sorted = Float64Array.from(scores).sort();
  const index = Math.round(portion * (sorted.length - 1));
  return sorted[index]!;
}

function share(scores: readonly number[], matches: (score: number) => boolean): number {
  return scores.length === 0 ? 0 : scores.filter(matches).length / scores.length;
}

function round(score: number): number {
  return Math.round(score * 1000) / 1000;
}
