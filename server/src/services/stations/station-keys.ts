import { type RouteOutput, stationKeyContext } from '@gradshot/contract';
import { fail, ok, type Result } from '@gradshot/domain';
import type { StationCaller } from '../../ports/access/caller.ts';
import type { EventLog } from '../../ports/ground/event-log.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import type { Station, StationRows } from '../../ports/stations/station-repository.ts';

type Needs = Stored<StationRows> & {
  readonly vault: Pick<Vault, 'escrow'>;
  readonly log: EventLog;
};

const KEY_BYTES = 32;

/**
 * Keys that stations entrust to the server, so that photos which leave one on a stick can be handed in
 * at another. They are kept as the stations sealed them.
 */
export type StationKeys = {
  /** Repeating is success. Failure: `request.invalid` when the server cannot open what was sent. */
  register(
    caller: StationCaller,
    sealedKey: Uint8Array,
  ): Promise<Result<RouteOutput<'registerStationKey'>>>;
};

export function createStationKeys({ storage, vault, log }: Needs): StationKeys {
  return {
    async register({ stationId }, sealedKey) {
      const station = await storage.stations.find(stationId);
      if (!station) return fail('station.notEnrolled');
      if (!openStationKey(vault, { ...station, sealedKey }))
        return fail('request.invalid', { field: 'sealedKey' });
      await storage.stations.update(stationId, { sealedKey });
      log.info({ stationId }, 'a station entrusted its key');
      return ok({ keyRegistered: true });
    },
  };
}

/** Undefined when the station has registered none, or none that this server can open. */
export function openStationKey(
  { escrow }: Pick<Vault, 'escrow'>,
  { sealedKey, installationId }: Pick<Station, 'sealedKey' | 'installationId'>,
): Uint8Array | undefined {
  if (!sealedKey) return undefined;
  const key = escrow.open(sealedKey, stationKeyContext(installationId));
  return key?.length === KEY_BYTES ? key : undefined;
}
