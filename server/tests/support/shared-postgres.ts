import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Answers each GET with the address of a new, empty PostgreSQL database. */
    readonly postgresMaker: string;
  }
}

const MAKER = fileURLToPath(new URL('./postgres-maker.ts', import.meta.url));

/**
 * One PostgreSQL for all test files of a run, started when the first one asks: a server for each took
 * longer than many of their tests.
 */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const maker = fork(MAKER, { execArgv: [] });
  const [port] = await once(maker, 'message');
  provide('postgresMaker', `http://127.0.0.1:${port}`);
  return async () => {
    const ended = once(maker, 'exit');
    maker.disconnect();
    await ended;
  };
}
