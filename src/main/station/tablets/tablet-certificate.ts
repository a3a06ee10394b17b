import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { open, seal, writeDurably } from '@gradshot/storage';
import { z } from 'zod';
import type { Clock } from '../ground/clock.ts';

export const CERTIFICATE_FILE = 'tablet.certificate';
const CONTEXT = 'tablet.certificate';

const YEAR_MS = 365.25 * 86_400_000;
/** No station was built before: a clock that says less is wrong. */
const BUILT = Date.UTC(2026, 0, 1);
/** So that neither the station's clock nor a tablet's has to be right. */
const YEARS_BACK = 10;
const YEARS_AHEAD = 20;
const RENEWED_BEFORE_MS = YEAR_MS;

const kept = z.object({ cert: z.string(), key: z.string() });

type Cause = 'first' | 'damaged' | 'ending';

/** By which a tablet knows that it speaks to this station. */
export type TabletCertificate = z.infer<typeof kept> & {
  /** SHA-256 in groups of four hexadecimal digits. */
  readonly fingerprint: string;
  /** Why it was made just now; absent where it was there. */
  readonly made?: Cause;
};

export type CertificatePlace = {
  readonly dataDir: string;
  readonly key: Uint8Array;
  readonly clock: Clock;
};

/**
 * The station's certificate for tablets: made once, sealed in a file beside the database, and made anew
 * where that is damaged or the certificate is about to end. Rejects when the disk does not take it.
 */
export async function tabletCertificate(place: CertificatePlace): Promise<TabletCertificate> {
  const found = await read(place);
  if (typeof found === 'object' && !isSpent(found.cert, place.clock.now()))
    return { ...found, fingerprint: fingerprintOf(found.cert) };
  return make(place, found === 'absent' ? 'first' : found === 'damaged' ? 'damaged' : 'ending');
}

type Kept = z.infer<typeof kept>;

async function read({ dataDir, key }: CertificatePlace): Promise<Kept | 'absent' | 'damaged'> {
  const sealed = await readFile(join(dataDir, CERTIFICATE_FILE)).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    },
  );
  if (!sealed) return 'absent';
  try {
    const found = kept.parse(JSON.parse(open(key, sealed, CONTEXT).toString('utf8')));
    const belongs = new X509Certificate(found.cert).checkPrivateKey(createPrivateKey(found.key));
    return belongs ? found : 'damaged';
  } catch {
    return 'damaged';
  }
}

async function make(place: CertificatePlace, cause: Cause): Promise<TabletCertificate> {
  // Once in the life of a station: its start does not wait for what it takes.
  const { generate } = await import('selfsigned');
  const now = plausible(place.clock.now());
  const made = await generate([{ name: 'commonName', value: 'Gradshot station' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - YEARS_BACK * YEAR_MS),
    notAfterDate: new Date(now + YEARS_AHEAD * YEAR_MS),
    extensions: [
      // Whoever steals its key can pass for the station, and for nobody else.
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: 'gradshot-station' }] },
    ],
  });
  const { cert, private: key } = made;
  const text = JSON.stringify({ cert, key } satisfies Kept);
  const sealed = seal(place.key, Buffer.from(text), CONTEXT);
  await writeDurably(join(place.dataDir, CERTIFICATE_FILE), sealed);
  return { cert, key, fingerprint: fingerprintOf(cert), made: cause };
}

/** Near its end, or made by a clock that was far ahead. */
function isSpent(pem: string, now: number): boolean {
  const { validFrom, validTo } = new X509Certificate(pem);
  const today = plausible(now);
  return today > Date.parse(validTo) - RENEWED_BEFORE_MS || today < Date.parse(validFrom);
}

function plausible(now: number): number {
  return Math.max(now, BUILT);
}

function fingerprintOf(pem: string): string {
  const digits = new X509Certificate(pem).fingerprint256.replaceAll(':', '');
  return digits.match(/.{4}/g)?.join(' ') ?? digits;
}
