import { describe, expect, test } from 'vitest';
import { testOptions } from './options.mjs';

describe('npm test', () => {
  test.each([
    [[], ['unit', 'e2e']],
    [['--only', 'unit'], ['unit']],
    [['--only', 'e2e'], ['e2e']],
  ])('%j runs %j', (args, parts) => expect(testOptions(args).parts).toEqual(parts));

  test('refuses other parts', () => {
    expect(() => testOptions(['--only', 'all'])).toThrow('--only must be');
  });
});
