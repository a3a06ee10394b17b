import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { MIGRATIONS } from '../../migrations/index.ts';

test('every migration that lies here is run, under the name of its file', () => {
  const files = readdirSync(new URL('../../migrations/', import.meta.url));
  const names = files.filter((file) => /^\d/.test(file)).map((file) => file.replace('.ts', ''));
  expect(Object.keys(MIGRATIONS)).toEqual(names.sort());
});
