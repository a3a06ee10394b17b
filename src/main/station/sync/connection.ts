import type { Client } from '@gradshot/contract';
import type { Result } from '@gradshot/domain';

/** What of the client the station uses. */
export type StationClient = Pick<Client, 'call' | 'deliverPhoto' | 'handInSealedPhoto'>;

/** Whether the server answers, told by every call that is made anyway. */
export type Connection = {
  online(): boolean;
  /** A client whose calls tell whether the server was reached. */
  watch(client: StationClient): StationClient;
};

export function createConnection(onChange: (online: boolean) => void): Connection {
  let online = false;
  const heard = <T>(result: Result<T>): Result<T> => {
    const reached = result.ok || !result.error.code.startsWith('network.');
    if (reached !== online) {
      online = reached;
      onChange(online);
    }
    return result;
  };
  return {
    online: () => online,
    watch: (client) => ({
      call: async (id, ...rest) => heard(await client.call(id, ...rest)),
      deliverPhoto: async (...rest) => heard(await client.deliverPhoto(...rest)),
      handInSealedPhoto: async (...rest) => heard(await client.handInSealedPhoto(...rest)),
    }),
  };
}
