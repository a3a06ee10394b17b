import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { collectInputs } from './inputs.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'inputs-'));
  for (const name of ['a.jpg', 'a.png', 'a.5in.jpg', 'b.HEIC', 'b.txt']) {
    await writeFile(path.join(folder, name), '');
  }
});
afterAll(() => rm(folder, { recursive: true }));

const namesOf = async (sheets: readonly string[]) =>
  (await collectInputs([folder], sheets)).map(({ name }) => name);

it('takes the pictures of a folder and gives each a name of its own', async () => {
  expect(await namesOf([])).toEqual(['a.5in', 'a', 'a.png', 'b']);
});

it('keeps the photo of one picture from the sheet of another', async () => {
  expect(await namesOf(['5in'])).toEqual(['a.5in', 'a.jpg', 'a.png', 'b']);
});
