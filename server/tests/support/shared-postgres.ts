import type { TestProject } from 'vitest/node';
import { startPostgresMaker } from './postgres-maker-process.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Answers each GET with the address of a new, empty PostgreSQL database. */
    readonly postgresMaker: string;
  }
}

export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const maker = await startPostgresMaker();
  provide('postgresMaker', maker.url);
  return () => maker.stop();
}
