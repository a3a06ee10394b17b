import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { open, seal, writeDurably } from '@gradshot/storage';
import { z } from 'zod';
import type { Settings } from './settings.ts';

/**
 * Who the station is, sealed in a file beside the database: with it a station whose database is lost
 * delivers what it holds without being enrolled anew, and its staff still open their page.
 */
export const IDENTITY_FILE = 'station.identity';
const CONTEXT = 'station.identity';

const identity = z.object({
  installationId: z.string(),
  enrolment: z
    .object({
      serverUrl: z.string(),
      stationId: z.string(),
      deviceKey: z.string(),
      name: z.string(),
      school: z.string(),
    })
    .optional(),
  pin: z
    .object({
      salt: z.string(),
      hash: z.string(),
      cost: z.number(),
      blockSize: z.number(),
      parallelization: z.number(),
    })
    .optional(),
});
export type Identity = z.infer<typeof identity>;

export type FoundIdentity = Identity | 'absent' | 'damaged';

export async function readIdentity(dataDir: string, key: Uint8Array): Promise<FoundIdentity> {
  const sealed = await readFile(join(dataDir, IDENTITY_FILE)).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    },
  );
  if (!sealed) return 'absent';
  try {
    return identity.parse(JSON.parse(open(key, sealed, CONTEXT).toString('utf8')));
  } catch {
    return 'damaged';
  }
}

/** Writes what the settings say, unless the file says so already. Rejects when the disk is full. */
export async function keepIdentity(
  dataDir: string,
  key: Uint8Array,
  settings: Settings,
): Promise<void> {
  const now: Identity = { installationId: settings.installationId() };
  const enrolment = settings.get('enrolment');
  const pin = settings.get('pin');
  if (enrolment) now.enrolment = enrolment;
  if (pin) now.pin = pin;
  const text = JSON.stringify(identity.parse(now));
  const present = await readIdentity(dataDir, key);
  if (typeof present === 'object' && JSON.stringify(present) === text) return;
  await writeDurably(join(dataDir, IDENTITY_FILE), seal(key, Buffer.from(text), CONTEXT));
}
