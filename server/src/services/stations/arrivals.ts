import { randomUUID } from 'node:crypto';
import {
  type Arrival,
  type ArrivalPlace,
  type Arrived,
  MAX_ARRIVALS,
  type OrderDetail,
  type RouteOutput,
} from '@gradshot/contract';
import { dayInBeijing, fail, hideLastFour, isIn, ok, type Result } from '@gradshot/domain';
import type { StationCaller } from '../../ports/access/caller.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Announcing } from '../../ports/ground/happenings.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import type { OrderView } from '../../ports/order-life/order-repository.ts';
import type { SchoolRows } from '../../ports/schools/school-repository.ts';
import type { ArrivalRows, ArrivedPerson } from '../../ports/stations/arrival-repository.ts';
import type { StationRows } from '../../ports/stations/station-repository.ts';
import { personIdOf } from '../eligibility/person-id.ts';
import { arrivalCode, SHOWN_SECONDS, stationOfCode } from './arrival-code.ts';

type Needs = Stored<Announcing & ArrivalRows & SchoolRows & StationRows> & {
  readonly clock: Clock;
  readonly vault: Vault;
  readonly companionUrl: () => string;
};

/** Stations tell every half minute that they live. */
const AWAY_AFTER_MS = 2 * 60_000;

/** 到场 by phone, between the graduates' phones and the stations, which alone give out numbers. */
export type Arrivals = {
  /** By the code that a station shows. Failures: `arrival.*`. */
  arrive(order: OrderView, code: string): Promise<Result<void>>;
  exchange(
    caller: StationCaller,
    places: readonly ArrivalPlace[],
  ): Promise<RouteOutput<'exchangeArrivals'>>;
  /** With where the graduate has arrived today. */
  shown(detail: OrderDetail): Promise<OrderDetail>;
};

export function createArrivals(environment: Needs): Arrivals {
  const { storage, clock } = environment;
  return {
    arrive: (order, code) => arrive(environment, order, code),
    exchange: (caller, places) => exchange(environment, caller, places),
    async shown(detail) {
      const arrival = await storage.arrivals.latest(detail.orderId, dayInBeijing(clock()));
      if (!arrival) return detail;
      const { station, at, number, state, ahead } = arrival;
      const place: Pick<Arrival, 'number' | 'state' | 'ahead'> =
        number === null || state === null ? {} : { number, state, ahead: ahead ?? 0 };
      return { ...detail, arrival: { station, at: at.toISOString(), ...place } };
    },
  };
}

async function arrive(
  { storage, clock, vault }: Needs,
  order: OrderView,
  code: string,
): Promise<Result<void>> {
  const now = clock();
  const stationId = stationOfCode(vault, code, now);
  const station = stationId && (await storage.stations.find(stationId));
  if (!station) return fail('arrival.codeExpired');
  if (station.schoolId !== order.schoolId) {
    const school = await storage.schools.find(station.schoolId);
    return fail('arrival.otherSchool', { school: school?.name ?? '' });
  }
  if (!isIn(order.state, 'payment', 'photo', 'rejected')) return fail('arrival.nothingToDo');
  const silence = now.getTime() - (station.lastSeenAt?.getTime() ?? 0);
  if (station.disabledAt || silence > AWAY_AFTER_MS) return fail('arrival.stationAway');
  return storage.transaction(async ({ announce, arrivals }) => {
    const key = { stationId: station.id, orderId: order.id, day: dayInBeijing(now) };
    const known = await arrivals.find(key);
    const over = known?.state === 'done';
    // Handed in at the station, which the server has not heard of yet.
    if (over && order.state !== 'rejected') return fail('arrival.nothingToDo');
    const place = known && !over ? known : { number: null, state: null, ahead: null };
    await arrivals.save({ id: randomUUID(), ...place, ...key, at: now });
    announce({ topic: 'order', orderId: order.id, studentId: order.studentId });
    return ok(undefined);
  });
}

async function exchange(
  { storage, clock, vault, companionUrl }: Needs,
  { stationId, schoolId }: StationCaller,
  places: readonly ArrivalPlace[],
): Promise<RouteOutput<'exchangeArrivals'>> {
  const now = clock();
  const waiting = await storage.transaction(async ({ announce, arrivals }) => {
    for (const place of places) {
      const whose = await arrivals.seat(stationId, place);
      if (whose) announce({ topic: 'order', ...whose });
    }
    return arrivals.unseated(stationId, dayInBeijing(now), MAX_ARRIVALS);
  });
  return {
    arrivals: waiting.map((person) => arrivedOf(vault, schoolId, person)),
    qrText: `${companionUrl()}#/pages/arrival/index?code=${arrivalCode(vault, stationId, now)}`,
    shownForSeconds: SHOWN_SECONDS,
  };
}

function arrivedOf(
  vault: Vault,
  schoolId: string,
  { id, orderId, maskedName, maskedIdNumber, idNumberHash }: ArrivedPerson,
): Arrived {
  return {
    ...{ arrivalId: id, orderId, maskedName, maskedIdNumber: hideLastFour(maskedIdNumber) },
    personId: personIdOf(vault, schoolId, idNumberHash),
  };
}
