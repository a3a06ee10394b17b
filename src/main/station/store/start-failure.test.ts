import { expect, it } from 'vitest';
import { StationStartError } from '../api.ts';
import { startFailure } from './start-failure.ts';

const failing = (code: string) => Object.assign(new Error(code), { code });

it.each([
  ['SQLITE_BUSY', 'station.alreadyRunning'],
  ['SQLITE_BUSY_RECOVERY', 'station.alreadyRunning'],
  ['SQLITE_FULL', 'station.diskFullAtStart'],
  ['SQLITE_IOERR_WRITE', 'station.diskFullAtStart'],
  ['ENOSPC', 'station.diskFullAtStart'],
  ['EDQUOT', 'station.diskFullAtStart'],
  ['EACCES', 'station.dataFolderDenied'],
  ['EROFS', 'station.dataFolderDenied'],
  ['SQLITE_READONLY_DIRECTORY', 'station.dataFolderDenied'],
  ['SQLITE_CANTOPEN', 'station.dataFolderDenied'],
  ['EIO', 'station.diskFailing'],
  ['SQLITE_IOERR_READ', 'station.diskFailing'],
])('%s is told as %s', (code, expected) => {
  expect(startFailure(failing(code))?.failure.code).toBe(expected);
});

it('leaves a failure that is told already as it is, and a bug a bug', () => {
  const told = new StationStartError({ code: 'station.databaseNewer' });
  expect(startFailure(told)).toBe(told);
  expect(startFailure(new TypeError('x'))).toBeUndefined();
  expect(startFailure(undefined)).toBeUndefined();
});
