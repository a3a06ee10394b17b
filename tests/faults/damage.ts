import {
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';

/** What a bad disk, a power cut or a person does to the files of a station that is not running. */

export const DAMAGES = ['flip', 'truncate', 'delete', 'zero'] as const;
export type Damage = (typeof DAMAGES)[number];

export const DATABASE = 'station.db';
export const FILES = {
  db: DATABASE,
  wal: `${DATABASE}-wal`,
  shm: `${DATABASE}-shm`,
  identity: 'station.identity',
} as const;

/** A sequence of numbers 0 ≤ x < 1 that a seed repeats (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Damages a file; one that is not there is left so. */
export function damageFile(path: string, damage: Damage, random: () => number): void {
  if (!existsSync(path)) return;
  const bytes = readFileSync(path);
  if (damage === 'delete') rmSync(path);
  else if (damage === 'truncate') truncateSync(path, Math.floor(bytes.length * random()));
  else writeFileSync(path, damage === 'zero' ? Buffer.alloc(bytes.length) : flipped(bytes, random));
}

/** One bit of one byte. */
function flipped(bytes: Buffer, random: () => number): Buffer {
  if (bytes.length === 0) return bytes;
  const at = Math.floor(random() * bytes.length);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
  return bytes;
}

const PAGE_BYTES = 4096;

/** Fills a whole page of the database with whatever the disk had there. */
export function damagePage(path: string, random: () => number): void {
  const bytes = readFileSync(path);
  const page = Math.floor((random() * bytes.length) / PAGE_BYTES);
  for (let i = page * PAGE_BYTES; i < Math.min(bytes.length, (page + 1) * PAGE_BYTES); i++)
    bytes[i] = Math.floor(random() * 256);
  writeFileSync(path, bytes);
}

/** Damages one sealed value; the database itself stays whole. */
export function damageSetting(
  dataDir: string,
  name: string,
  damage: Damage,
  random: () => number,
): void {
  const database = new BetterSqlite3(join(dataDir, DATABASE));
  try {
    const sealed = database
      .prepare<[string], Buffer>('SELECT sealed FROM settings WHERE key = ?')
      .pluck()
      .get(name);
    if (!sealed) throw new Error(`no setting ${name}`);
    if (damage === 'delete') database.prepare('DELETE FROM settings WHERE key = ?').run(name);
    else
      database
        .prepare('UPDATE settings SET sealed = ? WHERE key = ?')
        .run(damaged(sealed, damage, random), name);
  } finally {
    database.close();
  }
}

function damaged(bytes: Buffer, damage: 'flip' | 'truncate' | 'zero', random: () => number) {
  if (damage === 'zero') return Buffer.alloc(bytes.length);
  return damage === 'truncate'
    ? bytes.subarray(0, Math.floor(bytes.length * random()))
    : flipped(bytes, random);
}

/** Paths of the sealed pictures. */
export function objectFiles(dataDir: string): readonly string[] {
  const folder = join(dataDir, 'pictures');
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
