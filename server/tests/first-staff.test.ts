import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../src/database/migrate.ts';
import type { Db } from '../src/database/schema.ts';
import { ensureFirstStaff } from '../src/first-staff.ts';
import type { StaffCaller } from '../src/ports/access/caller.ts';
import { emptySharedEmbedded } from './support/embedded-database.ts';
import { startTestServer, type TestServer, unwrap } from './support/test-server.ts';

let db: Db;
let server: TestServer;
let dataDir: string;
beforeAll(async () => {
  db = await emptySharedEmbedded();
  await migrate(db);
  server = await startTestServer(db);
  dataDir = await mkdtemp(join(tmpdir(), 'gradshot-staff-'));
});
afterAll(async () => {
  await server?.close();
  await rm(dataDir, { recursive: true, force: true });
});

const ensure = (folder = dataDir) =>
  ensureFirstStaff({
    staffMembers: server.services.staffMembers,
    dataDir: folder,
    sample: false,
    log: server.environment.log,
  });

test('no administrator is made whose password could not be written down', async () => {
  await writeFile(join(dataDir, 'a-file'), '');
  await expect(ensure(join(dataDir, 'a-file'))).rejects.toThrow();
  expect(
    await server.services.staffMembers.list({ schools: 'everySchool' } as StaffCaller),
  ).toEqual([]);
});

test('a new installation has one administrator, whose password stands in a private file until it is changed', async () => {
  const path = join(dataDir, 'first-administrator.txt');
  await ensure();
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const text = await readFile(path, 'utf8');
  const password = /password: (\S+)/.exec(text)?.[1] ?? '';
  await ensure();
  expect(await readFile(path, 'utf8')).toBe(text);
  expect(server.log.join('\n')).not.toContain(password);
  const body = { account: 'admin', password };
  const session = unwrap(await server.client().call('loginStaff', { body }));
  expect(session.staff).toMatchObject({ roles: ['administrator'], mustChangePassword: true });
  const client = server.client(`Staff ${session.staffToken}`);
  const next = 'a password of my own';
  unwrap(await client.call('changePassword', { body: { current: password, next } }));
  await ensure();
  await expect(stat(path)).rejects.toThrow('ENOENT');
  expect(unwrap(await client.call('listStaff')).staff.length).toBe(1);
});
