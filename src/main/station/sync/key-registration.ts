import type { StationSettings } from '@gradshot/contract';
import type { Log } from '../ground/core.ts';
import type { Store } from '../store/store.ts';
import type { ServerLink } from './server-link.ts';

export type KeyRegistrationParts = {
  readonly store: Pick<Store, 'sealedKey' | 'events'>;
  readonly link: Pick<ServerLink, 'asStation'>;
  readonly log: Log;
};

/**
 * Entrusts the key that seals the photos to the server where it has not got it yet, so that they can be
 * handed in from a USB stick elsewhere. The settings as they are from then on; undefined when nothing
 * was to be done or nothing came of it: the next settings ask again.
 */
export async function entrustKey(
  { store, link, log }: KeyRegistrationParts,
  settings: StationSettings,
): Promise<StationSettings | undefined> {
  const { keyEscrow } = settings;
  if (!keyEscrow || keyEscrow.keyRegistered) return undefined;
  const publicKey = Buffer.from(keyEscrow.publicKey, 'base64');
  const body = { sealedKey: store.sealedKey(publicKey).toString('base64') };
  const entrusted = await link.asStation((client) => client.call('registerStationKey', { body }));
  if (!entrusted.ok) {
    log('warn', 'The key could not be entrusted', { failure: entrusted.error.code });
    return undefined;
  }
  store.events.note('station.keyEntrusted');
  return { ...settings, keyEscrow: { ...keyEscrow, keyRegistered: true } };
}
