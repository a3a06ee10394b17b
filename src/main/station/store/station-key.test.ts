import { expect, it } from 'vitest';
import { keyMismatch, lookForKey } from './station-key.ts';

const IDENTITY = { installationId: 'i' };

/** Objects of which those alone open. */
function objects(...opening: string[]) {
  const tried: string[] = [];
  return {
    tried,
    get: async (sha256: string) => {
      tried.push(sha256);
      if (sha256 === 'gone') return undefined;
      if (!opening.includes(sha256)) throw new Error('damaged, or the key is wrong');
      return Buffer.from('x');
    },
  };
}

const many = Array.from({ length: 30 }, (_, index) => `o${index}`);

it.each([
  ['the identity opens', IDENTITY, [], [], 'right'],
  ['a picture opens where the identity is gone', 'absent', ['a', 'b'], ['b'], 'right'],
  ['a picture opens where the identity is damaged', 'damaged', ['a', 'b'], ['b'], 'right'],
  ['no picture opens', 'absent', ['a', 'b'], [], 'wrong'],
  ['the only picture is gone', 'absent', ['gone'], [], 'wrong'],
  ['the identity does not open and there is nothing else', 'damaged', [], [], 'wrong'],
  ['there is nothing at all', 'absent', [], [], 'none'],
  ['one of two dozen opens', 'absent', many, ['o23'], 'right'],
  ['none of two dozen opens', 'absent', many, ['o24'], 'wrong'],
] as const)('when %s', async (_, identity, addresses, opening, expected) => {
  expect(await lookForKey(identity, objects(...opening), addresses)).toBe(expected);
});

it('looks at no more than it has to', async () => {
  const all = objects('a', 'b');
  await lookForKey('absent', all, ['a', 'b']);
  expect(all.tried).toEqual(['a']);
});

it('is told as what it is', () => {
  expect(keyMismatch().failure.code).toBe('station.keyMismatch');
});
