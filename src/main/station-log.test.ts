import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStationLog } from './station-log.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gradshot-log-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function written(facts: object): Record<string, unknown> {
  const { log, close } = openStationLog(folder);
  log('warn', 'A delivery failed', facts);
  close();
  return JSON.parse(readFileSync(join(folder, 'logs/station.log'), 'utf8').trim());
}

test('names what failed, which support asks for first', () => {
  const facts = { delivery: 7, failure: 'photo.notStandard' };
  expect(written(facts)).toMatchObject({ ...facts, msg: 'A delivery failed' });
});

test.each(['payload', 'payloadBase64', 'codes', 'pin', 'code', 'deviceKey', 'qrText', 'lastFour'])(
  'blanks %s',
  (name) => {
    expect(written({ [name]: 'secret' })[name]).toBe('[redacted]');
  },
);

test.skipIf(!existsSync('/dev/full'))('a full disk costs lines, never the station', () => {
  mkdirSync(join(folder, 'logs'));
  symlinkSync('/dev/full', join(folder, 'logs/station.log'));
  const { log, close } = openStationLog(folder);
  for (let line = 0; line < 3; line += 1) log('error', 'The outbox could not be written');
  close();
});

test('a call that ends after the log has nowhere to tell of it', () => {
  const { log, close } = openStationLog(folder);
  close();
  log('warn', 'A delivery failed');
  expect(readFileSync(join(folder, 'logs/station.log'), 'utf8')).toBe('');
});
