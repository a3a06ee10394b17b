import { ok } from '@gradshot/domain';
import type { HandlersOf } from '../plugins/handler.ts';
import type { OfflineRosters } from '../services/offline/offline-roster.ts';
import type { OfflineVisits } from '../services/offline/offline-visits.ts';
import type { RosterDesk } from '../services/rosters/roster-desk.ts';
import type { Arrivals } from '../services/stations/arrivals.ts';
import type { Stations } from '../services/stations/stations.ts';

export function stationRoutes(services: {
  readonly stations: Stations;
  readonly rosterDesk: RosterDesk;
  readonly arrivals: Arrivals;
  readonly offlineRosters: OfflineRosters;
  readonly offlineVisits: OfflineVisits;
}): HandlersOf<
  | 'enrolStation'
  | 'getStationSettings'
  | 'pullChanges'
  | 'stationHeartbeat'
  | 'searchStationRoster'
  | 'confirmRosterPerson'
  | 'listStationClasses'
  | 'openStationClass'
  | 'exchangeArrivals'
  | 'readOfflineRoster'
  | 'confirmOfflineVisit'
> {
  const { stations, rosterDesk, arrivals, offlineRosters, offlineVisits } = services;
  return {
    enrolStation: ({ body }) => stations.enrol(body),
    getStationSettings: ({ caller }) => stations.settings(caller),
    pullChanges: async ({ caller, query }) => ok(await stations.changes(caller, query)),
    searchStationRoster: async ({ caller, body }) => ok(await rosterDesk.search(body.text, caller)),
    confirmRosterPerson: ({ caller, body }) =>
      rosterDesk.confirm(body.ticket, body.entryId, caller),
    listStationClasses: async ({ caller }) => ok(await rosterDesk.classes(caller)),
    openStationClass: ({ caller, body }) => rosterDesk.openClass(body, caller),
    exchangeArrivals: async ({ caller, body }) => ok(await arrivals.exchange(caller, body.places)),
    readOfflineRoster: ({ caller, query }) => offlineRosters.page(caller, query),
    confirmOfflineVisit: ({ caller, params, body }) =>
      offlineVisits.confirm(caller, { ...params, ...body }),
    stationHeartbeat: ({ caller, body }) => stations.heartbeat(caller, body),
  };
}
