import { expect, test } from 'vitest';
import { newToken, newTypedCode, normaliseTypedCode, sameText } from './tokens.ts';

test('a typed code reads the same however it is typed', () => {
  const code = newTypedCode();
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
  const spoken = code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
  expect(normaliseTypedCode(spoken)).toBe(code.replaceAll('-', ''));
});

test('tokens are long and differ', () => {
  const tokens = new Set(Array.from({ length: 100 }, newToken));
  expect(tokens.size).toBe(100);
  for (const token of tokens) expect(token).toMatch(/^[\w-]{43}$/);
});

test('texts of different length can be compared', () => {
  expect(sameText('a', 'a')).toBe(true);
  expect(sameText('a', 'ab')).toBe(false);
  expect(sameText('', 'ab')).toBe(false);
});
