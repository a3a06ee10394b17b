import { randomUUID } from 'node:crypto';
import { type Client, createClient } from '@gradshot/contract';

/** A station as the server sees one: enrolled by a code, calling with its key. */
export async function enrolStation(url: string, code: string, name: string): Promise<Client> {
  const open = createClient({ baseUrl: url, fetch });
  const body = { code, name, installationId: randomUUID() };
  const enrolled = await open.call('enrolStation', { body });
  if (!enrolled.ok) throw new Error(`${enrolled.error.code} while enrolling ${name}`);
  const { stationId, deviceKey } = enrolled.value;
  const authorization = `Station ${stationId}:${deviceKey}`;
  return createClient({ baseUrl: url, fetch, authorization });
}
