import fastify, { type FastifyBaseLogger } from 'fastify';
import { expect, test } from 'vitest';
import { createServerLog } from '../server-log.ts';
import { addFailures } from './failures.ts';

test('an unexpected error is logged with its kind and code, without what it quotes', async () => {
  const lines: string[] = [];
  const loggerInstance: FastifyBaseLogger = createServerLog('error', {
    write: (line) => void lines.push(line),
  });
  const app = fastify({ loggerInstance });
  addFailures(app);
  app.get('/', async () => {
    throw Object.assign(new RangeError('duplicate key (13800000000)'), { code: '23505' });
  });
  const answer = await app.inject('/');
  expect(answer.statusCode).toBe(500);
  expect(answer.json()).toMatchObject({ error: { code: 'server.internal' } });
  expect(answer.body).not.toContain('duplicate');
  const { fault } = JSON.parse(lines[0] ?? '{}') as { fault?: unknown };
  expect(fault).toMatchObject({ type: 'RangeError', errorCode: '23505' });
  expect(lines.join('')).not.toContain('13800000000');
  await app.close();
});
