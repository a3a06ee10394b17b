import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** OWASP's second choice for scrypt (2023): N = 2^15, r = 8, p = 3; 32 MiB for each check. */
const LOG_N = 15;
const BLOCK_SIZE = 8;
const PARALLEL = 3;
const SALT_BYTES = 16;
const KEY_BYTES = 32;

type Cost = { readonly logN: number; readonly r: number; readonly p: number };

/** `scrypt$15$8$3$<salt>$<key>`: a later change of the cost leaves older passwords readable. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const cost = { logN: LOG_N, r: BLOCK_SIZE, p: PARALLEL };
  const key = await derive(password, salt, cost);
  const text = [cost.logN, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')];
  return `scrypt$${text.join('$')}`;
}

export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [, logN, r, p, salt, key] = hash.split('$');
  if (!salt || !key) return false;
  const expected = Buffer.from(key, 'base64url');
  const cost = { logN: Number(logN), r: Number(r), p: Number(p) };
  return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64url'), cost), expected);
}

/** Same characters, same password, whatever keyboard made them (NFKC). */
function derive(password: string, salt: Buffer, { logN, r, p }: Cost): Promise<Buffer> {
  const options = { N: 2 ** logN, r, p, maxmem: 2 ** logN * r * 256 };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
