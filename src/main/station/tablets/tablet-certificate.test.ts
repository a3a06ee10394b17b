import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRigClock } from '../ground/tests/rig-clock.ts';
import { CERTIFICATE_FILE, tabletCertificate } from './tablet-certificate.ts';

const YEAR_MS = 365.25 * 86_400_000;
const key = Buffer.alloc(32, 3);
let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'certificate-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

const at = (ms = 0) => {
  const clock = createRigClock();
  clock.shift(ms);
  return { dataDir, key, clock };
};
const file = () => join(dataDir, CERTIFICATE_FILE);

it('is made once and survives a restart, sealed in a file that is nobody else’s to read', async () => {
  const made = await tabletCertificate(at());
  expect(made).toMatchObject({ made: 'first' });
  expect(made.fingerprint).toMatch(/^([0-9A-F]{4} ){15}[0-9A-F]{4}$/);
  const again = await tabletCertificate(at());
  expect(again).toEqual({ ...made, made: undefined });
  const bytes = await readFile(file());
  expect(bytes.includes('PRIVATE KEY')).toBe(false);
  if (process.platform !== 'win32') expect((await stat(file())).mode & 0o777).toBe(0o600);
});

it.each([
  ['cut short', (bytes: Buffer) => bytes.subarray(0, 40)],
  ['altered', (bytes: Buffer) => Buffer.from(bytes.map((byte, i) => (i === 60 ? byte ^ 1 : byte)))],
  ['empty', () => Buffer.alloc(0)],
])('a file that is %s is made anew, and told', async (_how, spoil) => {
  const first = await tabletCertificate(at());
  await writeFile(file(), spoil(await readFile(file())));
  const next = await tabletCertificate(at());
  expect(next).toMatchObject({ made: 'damaged' });
  expect(next.fingerprint).not.toBe(first.fingerprint);
  expect((await tabletCertificate(at())).fingerprint).toBe(next.fingerprint);
});

it('counts for years before and after, and is renewed a year before it ends', async () => {
  const made = await tabletCertificate(at());
  const { validFrom, validTo } = new X509Certificate(made.cert);
  const now = at().clock.now();
  expect(Date.parse(validFrom)).toBeLessThan(now - 9 * YEAR_MS);
  expect(Date.parse(validTo)).toBeGreaterThan(now + 19 * YEAR_MS);
  expect(await tabletCertificate(at(18 * YEAR_MS))).not.toHaveProperty('made');
  expect(await tabletCertificate(at(19.5 * YEAR_MS))).toMatchObject({ made: 'ending' });
});

it('a clock without a battery makes one that counts today, and one that jumped ahead does not keep its own', async () => {
  const made = await tabletCertificate(at(-56 * YEAR_MS));
  const { validFrom, validTo } = new X509Certificate(made.cert);
  const now = at().clock.now();
  expect(now > Date.parse(validFrom) && now < Date.parse(validTo)).toBe(true);
  expect(await tabletCertificate(at())).not.toHaveProperty('made');
  expect(await tabletCertificate(at(60 * YEAR_MS))).toMatchObject({ made: 'ending' });
  expect(await tabletCertificate(at())).toMatchObject({ made: 'ending' });
});
