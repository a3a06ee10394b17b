import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { startPostgres, type TestPostgres } from './start-postgres.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Answers each GET with the address of a new, empty PostgreSQL database. */
    readonly postgresMaker: string;
  }
}

/**
 * One PostgreSQL for all test files of a run, started when the first one asks: a server for each took
 * longer than many of their tests.
 */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  let started: Promise<TestPostgres> | undefined;
  // One after the other: while a database is copied, nobody else may look at the template.
  let last: Promise<unknown> = Promise.resolve();
  const newDatabase = (): Promise<string> => {
    started ??= startPostgres();
    const made = Promise.all([started, last]).then(([postgres]) => postgres.newDatabase());
    last = made.catch(() => undefined);
    return made;
  };
  const maker = createServer(async (_request, response) => {
    try {
      response.end(await newDatabase());
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  await new Promise<void>((done) => maker.listen(0, '127.0.0.1', done));
  provide('postgresMaker', `http://127.0.0.1:${(maker.address() as AddressInfo).port}`);
  return async () => {
    maker.close();
    await (await started)?.stop();
  };
}
