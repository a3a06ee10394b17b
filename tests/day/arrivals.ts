import type { OrderState } from '@gradshot/domain';
import type { OutageTally } from './outages.ts';

/** What the server has of one graduate at the end of the day. */
export type Arrival = {
  readonly code: string;
  readonly state: OrderState;
  readonly photos: readonly ArrivedPhoto[];
  /** Photos that were handed in, each as often as that counted. */
  readonly handedIn: readonly string[];
};

/** The digests are those of the bytes that came: the server compares before it takes a photo. */
export type ArrivedPhoto = {
  readonly photoId: string;
  readonly originalSha256: string;
  readonly standardSha256: string;
  readonly uploads: number;
};

export type DayServerOptions = {
  readonly graduates: number;
  readonly seed: number;
  readonly down: number;
};

export type ServerRequest = { readonly kind: 'beginOutages' | 'endOfDay' };
export type ServerReply =
  | { readonly kind: 'ready'; readonly url: string }
  | { readonly kind: 'begun' }
  | {
      readonly kind: 'arrivals';
      readonly arrivals: readonly Arrival[];
      readonly network: OutageTally;
    };

/** Of the graduate with this number; long as 采集码 are. */
export function codeOf(graduate: number): string {
  return `day-${`${graduate}`.padStart(12, '0')}`;
}

/** Every order of the stub server opens with these. */
export const LAST_FOUR = '1234';
