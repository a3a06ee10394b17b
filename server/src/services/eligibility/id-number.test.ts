import { describe, expect, test } from 'vitest';
import { idNumberFacts, idNumberFault, idNumberKey, isDate } from './id-number.ts';

/** One for each check character; those of region 99 belong to nobody. */
const MAINLAND = [
  ...['990000200402290190', '990000200402290051', '990000200402290182', '990000200402290043'],
  ...['990000200402290094', '990000200402290035', '990000200402290086', '990000200402290027'],
  ...['990000200402290078', '990000200402290019', '99000020040229006X'],
];

describe('a mainland number', () => {
  test.each(MAINLAND)('is right with the check character that its digits make: %s', (idNumber) => {
    expect(idNumberFault(idNumber)).toBeUndefined();
    for (const other of '0123456789X'.replace(idNumber.slice(-1), ''))
      expect(idNumberFault(idNumber.slice(0, -1) + other)).toBe('check');
  });

  test('with two neighbours changed for one another is wrong', () => {
    expect(idNumberFault('11010519491231002X')).toBeUndefined();
    expect(idNumberFault('11015019491231002X')).toBe('check');
  });

  test('with a birthday that does not exist is wrong, whatever its check character', () => {
    expect(idNumberFault('990000200302290190')).toBe('date');
    expect(idNumberFault('990000200413010190')).toBe('date');
  });

  test('that is longer, shorter, or not in capitals is none', () => {
    const [idNumber = ''] = MAINLAND;
    for (const text of [`1${idNumber}`, `${idNumber}1`, idNumber.slice(1), 'X'.repeat(18), ''])
      expect(idNumberFault(text)).toBe('form');
    expect(idNumberFault('99000020040229006x')).toBe('form');
  });

  test('tells birthday and sex: odd for men', () => {
    expect(idNumberFacts('11010519491231002X')).toEqual({ birthday: '19491231', male: false });
    expect(idNumberFacts('990000200402290035')).toEqual({ birthday: '20040229', male: true });
    expect(idNumberFacts('990000200402290019')).toEqual({ birthday: '20040229', male: true });
  });
});

describe('another document', () => {
  test.each([
    ...['A123456(3)', 'A1234563', 'AB123456(A)', 'AB123456A', '5123456(7)', '51234567'],
    ...['H1234567801', 'M12345678', '23456789', 'E12345678', 'EA12345678', 'G1234567'],
  ])('of a form that is known is taken, and tells neither birthday nor sex: %s', (idNumber) => {
    expect(idNumberFault(idNumber)).toBeUndefined();
    expect(idNumberFacts(idNumber)).toBeUndefined();
  });

  test.each([
    ...['1A123456(3)', 'A123456(3)1', 'A1(3)', 'A123456(B)', 'A123456B', 'ABC123456(3)', 'AB12345'],
    ...['51234567(8)', '5123456(7)8', '5(7)', '2123456(7)', '5123456(A)'],
    ...['XH1234567801', 'H12345678012', 'H123456780', 'H123', 'A1234567801'],
    ...['123456789', '1234567', '1', 'EAB12345678', 'E123456789', 'E1', '护照12345678'],
  ])('of no such form is refused: %s', (text) => {
    expect(idNumberFault(text)).toBe('form');
  });

  test.each(['A123456(3', 'A1234563)', '5123456(7', '51234567)'])(
    'with half a pair of brackets is refused: %s',
    (text) => {
      expect(idNumberFault(text)).toBe('form');
    },
  );
});

test('a person is found by the number however it is written', () => {
  for (const written of ['A123456(3)', 'a1234563', ' A123456（3） ', 'A 123456 (3)'])
    expect(idNumberKey(written)).toBe('A1234563');
  expect(idNumberKey('99000020040229006x')).toBe('99000020040229006X');
});

test('a date is eight digits of a day that exists', () => {
  for (const day of ['20240229', '20231231', '20000101']) expect(isDate(day)).toBe(true);
  for (const day of ['20230229', '20231301', '20230431', '20230400', '00000000'])
    expect(isDate(day)).toBe(false);
  for (const text of ['', '202706', '2027063', '2027-6-1', '2027061 ', '202706301', 'x20270630'])
    expect(isDate(text)).toBe(false);
});
