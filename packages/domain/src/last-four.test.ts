import { expect, test } from 'vitest';
import { lastFourOf, normaliseLastFour } from './last-four.ts';
import { fail, ok } from './result.ts';

test.each(['123', '12345', '0123X', 'X0123', '12-4', '', '１２３４'])(
  '%j is not four characters of an ID number',
  (typed) => {
    expect(normaliseLastFour(typed)).toEqual(fail('request.invalid', { field: '后四位' }));
  },
);

test.each([
  ['0 1\t2 x', '012X'],
  ['（4）567', '4567'],
  ['ab12', 'AB12'],
])('%j is taken as %s', (typed, value) => expect(normaliseLastFour(typed)).toEqual(ok(value)));

test('of a stored number the brackets and spaces do not count either', () => {
  expect(lastFourOf('H123 456（7）')).toBe('4567');
  expect(lastFourOf('99000019990101001x')).toBe('001X');
});
