import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createVault } from '../../security/vault.ts';
import { soughtBy } from './order-search.ts';

const vault = createVault(randomBytes(32));

test.each([
  ['王小明', ['studentKeys']],
  ['Anna Müller', ['studentKeys']],
  ['927x', ['studentKeys', 'orderNo', 'paymentNo', 'studentNumberHash', 'examineeNumberHash']],
  ['G2026120112345678', ['orderNo', 'paymentNo', 'studentNumberHash', 'examineeNumberHash']],
  [
    '11010120040307927x',
    ['orderNo', 'paymentNo', 'studentNumberHash', 'examineeNumberHash', 'idNumberHash'],
  ],
  ['13800000000', ['orderNo', 'paymentNo', 'studentNumberHash', 'examineeNumberHash', 'phoneHash']],
  ['%', []],
  ["'; drop table", []],
  ['   ', []],
])('%s is sought as %j', (text, kinds) => {
  const { studentKeys, ...others } = soughtBy(vault, text);
  expect(
    [
      ...(studentKeys.length > 0 ? ['studentKeys'] : []),
      ...Object.keys(others).filter((kind) => kind !== 'orderNoBegins'),
    ].sort(),
  ).toEqual([...kinds].sort());
});

test('however a number is typed, its digest is the one that it was stored by', () => {
  expect(soughtBy(vault, ' 2023k01 ').studentNumberHash).toBe(
    vault.pseudonym('2023K01', 'studentNumber'),
  );
  expect(soughtBy(vault, '11010120040307927x').idNumberHash).toBe(
    vault.pseudonym('11010120040307927X', 'idNumber'),
  );
});
