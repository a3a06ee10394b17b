import type { AccountRecord } from '../../ports/accounts/account-repository.ts';
import type { Vault } from '../../ports/ground/vault.ts';

/** The names that WeChat and the SMS carrier know an account by: sealed, opened only to send. */

type Needs = { readonly vault: Vault };

const openidContext = (openidHash: string) => `accounts.openid:${openidHash}`;
const phoneContext = (phoneHash: string) => `accounts.phone:${phoneHash}`;

export function sealOpenid({ vault }: Needs, openid: string) {
  const openidHash = vault.pseudonym(openid, 'openid');
  return { openidHash, openidSealed: vault.seal(openid, openidContext(openidHash)) };
}

export function sealPhone({ vault }: Needs, phone: string) {
  const phoneHash = vault.pseudonym(phone, 'phone');
  return { phoneHash, phoneSealed: vault.seal(phone, phoneContext(phoneHash)) };
}

/** The openid of a WeChat account; undefined for others. */
export function openidOf({ vault }: Needs, account: AccountRecord): string | undefined {
  const { openidHash, openidSealed } = account;
  if (!openidHash || !openidSealed) return undefined;
  return vault.open(openidSealed, openidContext(openidHash));
}

/** The number of a phone account; undefined for one that has not logged in since it is kept. */
export function phoneOf({ vault }: Needs, account: AccountRecord): string | undefined {
  const { phoneHash, phoneSealed } = account;
  if (!phoneHash || !phoneSealed) return undefined;
  return vault.open(phoneSealed, phoneContext(phoneHash));
}
