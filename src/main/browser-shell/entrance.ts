import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { cookieValue } from '../page-server/listening.ts';

/** 256 random bits, URL-safe. */
function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * Who may use the station behind the loopback port. Another user of the same computer can reach
 * the port and can read a process's arguments, so an entry key in an address that is handed to a
 * browser's command line works once; what stays is a cookie that scripts cannot read.
 */
export type Entrance = {
  /** A key for the fragment of an address; `once`: it is spent by the first who uses it. */
  issueKey(options: { readonly once: boolean }): string;
  /** The cookie's value for a valid key, else undefined. */
  redeem(key: string): string | undefined;
  /** `cookieHeader`: of a request, as received. */
  admits(cookieHeader: string | undefined): boolean;
  readonly cookieName: string;
};

/** `port` names the cookie: cookies of 127.0.0.1 are shared by all its ports. */
export function createEntrance(port: number): Entrance {
  const cookieName = `gradshot-${port}`;
  const session = newSecret();
  const keys = new Map<string, { readonly once: boolean }>();
  return {
    cookieName,
    issueKey(options) {
      const key = newSecret();
      keys.set(digest(key), options);
      return key;
    },
    redeem(key) {
      const known = keys.get(digest(key));
      if (!known) return undefined;
      if (known.once) keys.delete(digest(key));
      return session;
    },
    admits(cookieHeader) {
      const value = cookieValue(cookieHeader, cookieName);
      return value !== undefined && sameSecret(value, session);
    },
  };
}

/** Keys are looked up by digest, so that the look-up's time says nothing about a key. */
function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function sameSecret(a: string, b: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}
