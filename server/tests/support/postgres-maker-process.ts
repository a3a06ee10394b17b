import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const MAKER = fileURLToPath(new URL('./postgres-maker.ts', import.meta.url));

export type PostgresMaker = {
  /** Answers each GET with the address of a new, empty PostgreSQL database. */
  readonly url: string;
  stop(): Promise<void>;
};

/**
 * One PostgreSQL for all test files of a run, started when the first one asks: a server for each took
 * longer than many of their tests.
 */
export async function startPostgresMaker(): Promise<PostgresMaker> {
  const maker = fork(MAKER, { execArgv: [] });
  const [port] = await once(maker, 'message');
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      const ended = once(maker, 'exit');
      maker.disconnect();
      await ended;
    },
  };
}

/** The address of an empty database of that maker. */
export async function askForDatabase(makerUrl: string): Promise<string> {
  const answer = await fetch(makerUrl);
  const said = await answer.text();
  if (!answer.ok) throw new Error(`No PostgreSQL: ${said}`);
  return said;
}
