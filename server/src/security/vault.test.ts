import { expect, test } from 'vitest';
import { createVault, deriveKey } from './vault.ts';

const master = Buffer.alloc(32, 3);

test('a sealed value opens in its own place only', () => {
  const vault = createVault(master);
  const sealed = vault.seal('110105194912310026', 'students.idNumber:a');
  expect(Buffer.from(sealed).includes('110105')).toBe(false);
  expect(vault.open(sealed, 'students.idNumber:a')).toBe('110105194912310026');
  expect(() => vault.open(sealed, 'students.idNumber:b')).toThrow();
  expect(() => createVault(Buffer.alloc(32, 4)).open(sealed, 'students.idNumber:a')).toThrow();
});

test('pseudonyms are equal for equal values of one purpose and key', () => {
  const vault = createVault(master);
  expect(vault.pseudonym('x', 'phone')).toBe(createVault(master).pseudonym('x', 'phone'));
  expect(vault.pseudonym('x', 'phone')).not.toBe(vault.pseudonym('x', 'idNumber'));
  expect(vault.pseudonym('x', 'phone')).not.toBe(
    createVault(Buffer.alloc(32, 4)).pseudonym('x', 'phone'),
  );
});

test('keys of different purposes have nothing in common', () => {
  expect(deriveKey(master, 'a').equals(deriveKey(master, 'b'))).toBe(false);
  expect(deriveKey(master, 'a')).toHaveLength(32);
});
