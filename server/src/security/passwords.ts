import { randomBytes, randomUUID, scrypt, timingSafeEqual } from 'node:crypto';
import type { Passwords } from '../ports/staff/passwords.ts';

export type ScryptCost = { readonly logN: number; readonly r: number; readonly p: number };

/** OWASP's second choice for scrypt (2023): N = 2^15, r = 8, p = 3; 32 MiB for each check. */
const OWASP: ScryptCost = { logN: 15, r: 8, p: 3 };
const SALT_BYTES = 16;
const KEY_BYTES = 32;

/** `cost`: of new hashes; each tells its own, so that older passwords stay readable. */
export function createPasswords(cost = OWASP): Passwords {
  let nobody: Promise<string> | undefined;
  return {
    hash: (password) => hashPassword(password, cost),
    matches: isPassword,
    hashOfNobody() {
      nobody ??= hashPassword(randomUUID(), cost);
      return nobody;
    },
  };
}

/** `scrypt$15$8$3$<salt>$<key>`. */
async function hashPassword(password: string, cost: ScryptCost): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password, salt, cost);
  const text = [cost.logN, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')];
  return `scrypt$${text.join('$')}`;
}

async function isPassword(password: string, hash: string): Promise<boolean> {
  const [, logN, r, p, salt, key] = hash.split('$');
  if (!salt || !key) return false;
  const expected = Buffer.from(key, 'base64url');
  const cost = { logN: Number(logN), r: Number(r), p: Number(p) };
  return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64url'), cost), expected);
}

/** Same characters, same password, whatever keyboard made them (NFKC). */
function derive(password: string, salt: Buffer, { logN, r, p }: ScryptCost): Promise<Buffer> {
  const options = { N: 2 ** logN, r, p, maxmem: 2 ** logN * r * 256 };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
