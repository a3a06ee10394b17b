import { inject } from 'vitest';

/** The address of an empty database on a real PostgreSQL. */
export async function newPostgresDatabase(): Promise<string> {
  const answer = await fetch(inject('postgresMaker'));
  const said = await answer.text();
  if (!answer.ok) throw new Error(`No PostgreSQL: ${said}`);
  return said;
}
