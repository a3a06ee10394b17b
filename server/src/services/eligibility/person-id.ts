import type { Vault } from '../../ports/ground/vault.ts';

/**
 * What stands for a person before the stations of a school, so that one who arrives by phone, by code or
 * by the roster is one in the queue; by the ID number, which it does not tell.
 */
export function personIdOf(
  vault: Pick<Vault, 'pseudonym'>,
  schoolId: string,
  idNumberHash: string,
): string {
  return vault.pseudonym(`${schoolId} ${idNumberHash}`, 'stationPerson').slice(0, 32);
}
