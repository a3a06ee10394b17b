import { ok } from '@gradshot/domain';
import type { HandlersOf } from '../plugins/handler.ts';
import type { Stations } from '../services/stations/stations.ts';

export function stationRoutes(services: {
  readonly stations: Stations;
}): HandlersOf<'enrolStation' | 'getStationSettings' | 'pullChanges' | 'stationHeartbeat'> {
  const { stations } = services;
  return {
    enrolStation: ({ body }) => stations.enrol(body),
    getStationSettings: ({ caller }) => stations.settings(caller),
    pullChanges: async ({ caller, query }) => ok(await stations.changes(caller, query)),
    stationHeartbeat: ({ caller, body }) => stations.heartbeat(caller, body),
  };
}
