import { readFileSync } from 'node:fs';
import { MACHINE_CHECK_CODES } from '@gradshot/domain';
import { expect, it } from 'vitest';

it('the document of the engine says of every check how it fared', () => {
  const text = readFileSync(new URL('../../../../docs/imaging.md', import.meta.url), 'utf8');
  expect(MACHINE_CHECK_CODES.filter((code) => !text.includes(`\`${code}\``))).toEqual([]);
});
