import { existsSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DATABASE_FILE, type Database, openDatabase } from './database.ts';
import { COPY_FOLDER, copyDatabase } from './database-copies.ts';
import { openSoundDatabase, SET_ASIDE_FOLDER, type SoundDatabase } from './sound-database.ts';
import { keyMismatch } from './station-key.ts';

let dir: string;
let file: string;
let asked: number;
const opened: Database[] = [];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sound-'));
  file = join(dir, DATABASE_FILE);
  asked = 0;
});
afterEach(async () => {
  for (const database of opened.splice(0)) database.close();
  await rm(dir, { recursive: true, force: true });
});

async function open(hasTraces = true): Promise<SoundDatabase> {
  const assertKey = () => {
    asked += 1;
  };
  const found = await openSoundDatabase({ dataDir: dir, hasTraces, assertKey });
  opened.push(found.database);
  return found;
}

const kinds = ({ database }: SoundDatabase) =>
  database.prepare('SELECT kind FROM events ORDER BY id').pluck().all();

/** A database that has seen so many days, a copy of each of them, and is closed. */
async function worked(days: number): Promise<void> {
  const database = await openDatabase(dir);
  for (let day = 1; day <= days; day++) {
    const insert = database.prepare('INSERT INTO events (at, kind, facts) VALUES (1, ?, ?)');
    insert.run(`day ${day}`, '{}');
    await copyDatabase((path) => database.backup(path), dir);
  }
  database.close();
}

const copyOf = (day: number) => `station-00000${day}.db`;
const DAMAGE = Buffer.alloc(8192, 0xab);

it('opens what is whole, and touches nothing else', async () => {
  await worked(1);
  const found = await open();
  expect(found.loss).toBeUndefined();
  expect(kinds(found)).toEqual(['day 1']);
  expect(asked).toBe(0);
  expect(existsSync(join(dir, SET_ASIDE_FOLDER))).toBe(false);
});

it('begins a new one where nobody has worked before', async () => {
  const found = await open(false);
  expect(found.loss).toBeUndefined();
  expect(asked).toBe(0);
});

it('takes the newest copy in the place of a damaged one, which is set aside whole', async () => {
  await worked(2);
  await writeFile(file, DAMAGE);
  const found = await open();
  expect(found.loss).toEqual({ trouble: 'notADatabase', restoredFrom: copyOf(2) });
  expect(kinds(found)).toEqual(['day 1', 'day 2']);
  expect(asked).toBe(1);
  const aside = join(dir, SET_ASIDE_FOLDER, '001');
  expect((await readFile(join(aside, DATABASE_FILE))).equals(DAMAGE)).toBe(true);
  expect(readdirSync(dir).filter((name) => name.includes('restored'))).toEqual([]);
});

it('takes an older copy where the newest is damaged as well', async () => {
  await worked(2);
  await writeFile(file, DAMAGE);
  await writeFile(join(dir, COPY_FOLDER, copyOf(2)), DAMAGE);
  const found = await open();
  expect(found.loss).toEqual({ trouble: 'notADatabase', restoredFrom: copyOf(1) });
  expect(kinds(found)).toEqual(['day 1']);
});

it('begins a new one where every copy is damaged', async () => {
  await worked(1);
  await writeFile(file, DAMAGE);
  await writeFile(join(dir, COPY_FOLDER, copyOf(1)), DAMAGE);
  const found = await open();
  expect(found.loss).toEqual({ trouble: 'notADatabase', restoredFrom: undefined });
  expect(kinds(found)).toEqual([]);
});

it.each(['gone', 'empty'])(
  'takes a file that is %s for a lost one where there are traces',
  async (how) => {
    await worked(1);
    await rm(file);
    if (how === 'empty') await writeFile(file, '');
    const found = await open();
    expect(found.loss).toEqual({ trouble: 'missing', restoredFrom: copyOf(1) });
    expect(kinds(found)).toEqual(['day 1']);
    expect(existsSync(join(dir, SET_ASIDE_FOLDER))).toBe(how === 'empty');
  },
);

it('sets a log aside whose database is gone', async () => {
  await worked(1);
  await rm(file);
  await writeFile(`${file}-wal`, 'log');
  await open();
  const log = await readFile(join(dir, SET_ASIDE_FOLDER, '001', `${DATABASE_FILE}-wal`));
  expect(log.toString()).toBe('log');
});

it('numbers what it sets aside', async () => {
  for (const place of ['001', '002']) {
    await writeFile(file, DAMAGE);
    await open();
    opened.pop()?.close();
    expect(existsSync(join(dir, SET_ASIDE_FOLDER, place, DATABASE_FILE))).toBe(true);
  }
});

it('changes nothing where the key is another one’s', async () => {
  await worked(1);
  await writeFile(file, DAMAGE);
  const assertKey = () => {
    throw keyMismatch();
  };
  await expect(
    openSoundDatabase({ dataDir: dir, hasTraces: true, assertKey }),
  ).rejects.toMatchObject({
    failure: { code: 'station.keyMismatch' },
  });
  expect((await readFile(file)).equals(DAMAGE)).toBe(true);
  expect(existsSync(join(dir, SET_ASIDE_FOLDER))).toBe(false);
});

it('replaces nothing that somebody else is working with', async () => {
  await worked(1);
  opened.push(await openDatabase(dir));
  await expect(open()).rejects.toMatchObject({ failure: { code: 'station.alreadyRunning' } });
  expect(asked).toBe(0);
});

it('says why where a lost one cannot be replaced', async () => {
  await worked(1);
  await writeFile(file, DAMAGE);
  await writeFile(join(dir, SET_ASIDE_FOLDER), 'a file where a folder should be');
  await expect(open()).rejects.toMatchObject({ code: expect.stringMatching('EEXIST|ENOTDIR') });
  expect((await readFile(file)).equals(DAMAGE)).toBe(true);
});

it('does not take a folder of copies for one', async () => {
  await mkdir(join(dir, COPY_FOLDER), { recursive: true });
  for (const name of ['station-000001.db.tmp', 'station-1.db', 'xstation-000001.db'])
    await writeFile(join(dir, COPY_FOLDER, name), DAMAGE);
  expect((await open()).loss).toEqual({ trouble: 'missing', restoredFrom: undefined });
});
