import { expect, test } from 'vitest';
import { createServerLog } from './server-log.ts';

test('nothing personal gets into the log, wherever it stands', () => {
  const lines: string[] = [];
  const log = createServerLog('debug', { write: (line) => void lines.push(line) });
  const secret = '110105194912310026';
  log.info({ idNumber: secret, name: '张示例', nested: { phone: '13800000000' } }, 'entered');
  log.warn(`student ${secret} called from 13800000000`);
  log.error({ err: new Error(`duplicate key (${secret})`) }, 'failed');
  log.info({
    req: { method: 'GET', url: `/v1/x?name=${secret}`, headers: { authorization: 'T' } },
  });
  const text = lines.join('');
  expect(lines).toHaveLength(4);
  for (const personal of [secret, '张示例', '13800000000', 'authorization'])
    expect(text).not.toContain(personal);
  expect(text).toContain('/v1/x');
});
