import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdsPersonalNumber } from './personal-number.ts';

describe('numbers by which somebody is known or reached', () => {
  test.each([
    '身份证 11010119491231002X',
    '电话13800138000',
    '联系 138-0013-8000',
    '138 0013 8000',
    '１３８００１３８０００',
    '港澳证件 A123456(7)',
    '一三八零零一三八零零零',
    '0571-8795 1234',
  ])('%s', (text) => expect(holdsPersonalNumber(text)).toBe(true));

  test.each([
    '',
    '本人佩戴义眼',
    '左耳缺失，2019 年手术',
    '第 3 次重拍',
    '眼镜 600 度，11 月 30 日配的',
  ])('none in %j', (text) => expect(holdsPersonalNumber(text)).toBe(false));

  test('spaces, dashes and brackets hide none', () => {
    const gap = fc.constantFrom('', ' ', '-', '—', '.', '（', '、');
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(9), gap), { minLength: 7 }), (parts) => {
        expect(holdsPersonalNumber(`他${parts.flat().join('')}说`)).toBe(true);
      }),
    );
  });
});
