import type { ArrivalPlace } from '@gradshot/contract';

/** 到场 of a graduate at a station, of one day. */
export type ArrivalRecord = {
  readonly id: string;
  readonly stationId: string;
  readonly orderId: string;
  /** In Beijing, `YYYY-MM-DD`. */
  readonly day: string;
  /** When the code was scanned last. */
  readonly at: Date;
  /** Null, as are the next two, until the station has told it. */
  readonly number: string | null;
  readonly state: ArrivalPlace['state'] | null;
  readonly ahead: number | null;
};

/** Who has arrived, as the station may know it. */
export type ArrivedPerson = Pick<ArrivalRecord, 'id' | 'orderId'> & {
  readonly maskedName: string;
  readonly maskedIdNumber: string;
  readonly idNumberHash: string;
};

export type ArrivalRepository = {
  find(
    key: Pick<ArrivalRecord, 'stationId' | 'orderId' | 'day'>,
  ): Promise<ArrivalRecord | undefined>;
  /** Inserts, or replaces the one of the same station, order and day. */
  save(arrival: ArrivalRecord): Promise<void>;
  /** Where the order's graduate arrived last on that day. */
  latest(
    orderId: string,
    day: string,
  ): Promise<(ArrivalRecord & { readonly station: string }) | undefined>;
  /** Who waits for a number, in the order of arrival. */
  unseated(stationId: string, day: string, limit: number): Promise<ArrivedPerson[]>;
  /** Returns whose place it was, if it has changed. */
  seat(
    stationId: string,
    place: ArrivalPlace,
  ): Promise<{ readonly orderId: string; readonly studentId: string } | undefined>;
  /** Of days before. */
  deleteBefore(day: string): Promise<void>;
};

export type ArrivalRows = { readonly arrivals: ArrivalRepository };
