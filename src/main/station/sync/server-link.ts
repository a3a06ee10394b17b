import { fail, type Result } from '@gradshot/domain';
import type { Enrolment, Settings } from '../store/settings.ts';
import type { Connection, StationClient } from './connection.ts';

/** Makes a client of one server; `authorization` is asked before every call. */
export type Connect = (baseUrl: string, authorization?: () => string | undefined) => StationClient;

/** The server that the station is enrolled at. */
export type ServerLink = {
  enrolment(): Enrolment | undefined;
  /** Calls as the station; `station.notEnrolled` before enrolment. */
  asStation<T>(call: (client: StationClient) => Promise<Result<T>>): Promise<Result<T>>;
  /** To be called when the enrolment has changed. */
  renew(): void;
};

export function createServerLink(
  settings: Settings,
  connection: Connection,
  connect: Connect,
): ServerLink {
  let enrolment: Enrolment | undefined;
  let client: StationClient | undefined;
  const renew = () => {
    enrolment = settings.get('enrolment');
    client = enrolment && connection.watch(connect(enrolment.serverUrl, authorization(enrolment)));
  };
  renew();
  return {
    enrolment: () => enrolment,
    asStation: async (call) => (client ? call(client) : fail('station.notEnrolled')),
    renew,
  };
}

function authorization({ stationId, deviceKey }: Enrolment): () => string {
  return () => `Station ${stationId}:${deviceKey}`;
}
