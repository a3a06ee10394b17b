import {
  type Failure,
  OFFLINE_DISCARD_CODES,
  type OfflineDiscardCause,
  type OfflinePayer,
} from '@gradshot/domain';
import { z } from 'zod';

/** Of an order that was begun without the server and that it has not confirmed. */
export type OfflineOrder = { readonly payer: OfflinePayer };

/** `waiting`: for the network; `unpaid`: for the fee; `conflict`: for staff. */
export type OfflineVisitView = {
  readonly id: string;
  /** What stands on the graduate's last page. */
  readonly number: string;
  readonly state: 'waiting' | 'unpaid' | 'conflict';
  readonly maskedName?: string;
  readonly since: string;
  /** What the server said last. */
  readonly failure?: Failure;
};

/** 离线采集 of the station, for its staff alone. */
export type OfflineView = {
  /** Absent where the school does not allow it, or the roster is not here yet. */
  readonly roster?: { readonly people: number; readonly ageDays: number };
  /** What needs staff first; of very many the first. */
  readonly visits: readonly OfflineVisitView[];
  /** How many there are beside those. */
  readonly more: number;
  /** Of all of them, how many need staff. */
  readonly conflicts: number;
};

export const discardCause = z.enum(
  OFFLINE_DISCARD_CODES as [OfflineDiscardCause, ...OfflineDiscardCause[]],
);
