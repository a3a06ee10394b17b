import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { removeTemporaryFolder, temporaryFolder } from './temporary-folder.ts';

it('makes a folder of its own and takes it away with all that is in it', () => {
  const root = mkdtempSync(join(tmpdir(), 'root-'));
  try {
    const folder = temporaryFolder(root);
    // A machine without four free gigabytes has none, which is the other answer.
    if (folder === undefined) return;
    // Other users get through it, and see nothing of it.
    expect(statSync(folder).mode & 0o777).toBe(0o711);
    mkdirSync(join(folder, 'left/behind'), { recursive: true });
    removeTemporaryFolder(folder);
    expect(existsSync(folder)).toBe(false);
    expect(existsSync(root)).toBe(true);
  } finally {
    rmSync(root, { recursive: true });
  }
});

it('is none where the system has no such place', () => {
  expect(temporaryFolder('/no/such/place')).toBeUndefined();
  expect(() => removeTemporaryFolder(undefined)).not.toThrow();
});
