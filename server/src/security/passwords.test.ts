import { expect, it } from 'vitest';
import { createPasswords } from './passwords.ts';

const cheap = createPasswords({ logN: 4, r: 8, p: 1 });

it('knows its own password again, however the keyboard composed it', async () => {
  const hash = await cheap.hash('é通行证');
  expect(await cheap.matches('e\u0301通行证', hash)).toBe(true);
  expect(await cheap.matches('e通行证', hash)).toBe(false);
});

it('salts: the same password never looks the same', async () => {
  expect(await cheap.hash('a')).not.toBe(await cheap.hash('a'));
});

it('hashes at the cost that OWASP asks for, unless told otherwise', async () => {
  expect(await createPasswords().hash('a')).toMatch(/^scrypt\$15\$8\$3\$/);
});

it('reads a hash of another cost', async () => {
  const dearer = createPasswords({ logN: 5, r: 8, p: 2 });
  expect(await cheap.matches('a', await dearer.hash('a'))).toBe(true);
});

it.each(['', 'scrypt', 'scrypt$4$8$1$$', 'plain text'])('takes %j for no hash', async (hash) => {
  expect(await cheap.matches('', hash)).toBe(false);
});

it('lets nobody in by the hash of nobody, which costs as much as any', async () => {
  const hash = await cheap.hashOfNobody();
  expect(hash).toBe(await cheap.hashOfNobody());
  expect(hash).toMatch(/^scrypt\$4\$8\$1\$/);
  expect(await cheap.matches('', hash)).toBe(false);
});
