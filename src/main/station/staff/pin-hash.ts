import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type { PinHash } from '../store/settings.ts';

/** OWASP's parameters of equal strength that need 32 MiB, which a kiosk has to spare. */
export const PIN_COST = 2 ** 15;
const BLOCK_SIZE = 8;
const PARALLELIZATION = 3;
const HASH_BYTES = 32;
const SALT_BYTES = 16;

/** `cost`: a power of two; it is kept with the hash. */
export async function hashPin(pin: string, cost = PIN_COST): Promise<PinHash> {
  const salt = randomBytes(SALT_BYTES).toString('base64');
  const parameters = { cost, blockSize: BLOCK_SIZE, parallelization: PARALLELIZATION };
  const hash = await derive(pin, { salt, ...parameters });
  return { salt, hash: hash.toString('base64'), ...parameters };
}

export async function isPin(pin: string, known: PinHash): Promise<boolean> {
  return timingSafeEqual(await derive(pin, known), Buffer.from(known.hash, 'base64'));
}

function derive(pin: string, parameters: Omit<PinHash, 'hash'>): Promise<Buffer> {
  const { cost, blockSize, parallelization } = parameters;
  // scrypt needs 128 · r · (N + p) bytes and some more; twice that is room enough.
  const maxmem = 256 * blockSize * (cost + parallelization);
  return new Promise((resolve, reject) => {
    scrypt(
      pin,
      Buffer.from(parameters.salt, 'base64'),
      HASH_BYTES,
      { N: cost, r: blockSize, p: parallelization, maxmem },
      (error, key) => (error ? reject(error) : resolve(key)),
    );
  });
}
