import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import helmet from '@fastify/helmet';
import fastify from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addCompanionFiles } from './companion-files.ts';

let dist: string;
beforeEach(async () => {
  dist = await mkdtemp(join(tmpdir(), 'gradshot-h5-'));
  await writeFile(join(dist, 'index.html'), '<!doctype html>');
});
afterEach(() => rm(dist, { recursive: true }));

test('the page tells its origin to where it sends a payer: WeChat Pay refuses one from nowhere', async () => {
  const app = fastify();
  // As the whole server has it: nothing is told by any other page.
  await app.register(helmet);
  await addCompanionFiles(app, dist);
  app.get('/other', () => '');
  const policyOf = async (url: string) => (await app.inject(url)).headers['referrer-policy'];
  expect(await policyOf('/h5/')).toBe('strict-origin');
  expect(await policyOf('/h5/index.html')).toBe('strict-origin');
  expect(await policyOf('/other')).toBe('no-referrer');
  await app.close();
});
