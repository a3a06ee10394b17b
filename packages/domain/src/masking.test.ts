import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lastFourOf, normaliseLastFour } from './last-four.ts';
import { hideLastFour, maskIdNumber, maskName, maskPhone, redact } from './masking.ts';

test('names keep their ends and nothing between', () => {
  expect(maskName('张三')).toBe('张*');
  expect(maskName('欧阳小明')).toBe('欧**明');
  expect(maskName('李')).toBe('*');
});

test('blanks around a value are no part of it', () => {
  expect(maskName(' 李 ')).toBe('*');
  expect(maskName(' 张三 ')).toBe('张*');
  expect(maskPhone(' 13800138000 ')).toBe('138****8000');
  expect(maskIdNumber(' 990000199901010017 ')).toBe('990***********0017');
});

test('the shorter a number, the less of it is shown', () => {
  expect(maskIdNumber('990000990101001')).toBe('990********1001');
  expect(maskIdNumber('99000099010100')).toBe('9************0');
  expect(maskIdNumber('123')).toBe('1*3');
  expect(maskIdNumber('12')).toBe('**');
  expect(maskIdNumber('1')).toBe('*');
  expect(maskPhone('13800138000')).toBe('138****8000');
  expect(maskPhone('1380013800')).toBe('**********');
});

test('an ID number shows seven of its characters and never its birthday', () => {
  const digits = fc.array(fc.constantFrom(...'0123456789'), { minLength: 17, maxLength: 17 });
  fc.assert(
    fc.property(digits, fc.constantFrom(...'0123456789X'), (head, tail) => {
      const idNumber = head.join('') + tail;
      const masked = maskIdNumber(idNumber);
      expect(masked).toHaveLength(18);
      expect(masked.slice(3, 14)).toBe('*'.repeat(11));
      expect(masked.slice(-4)).toBe(idNumber.slice(-4));
    }),
  );
  expect(maskIdNumber('H1234567')).toBe('H******7');
});

test('before the last four are proved, they are not shown', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9]{17}[0-9X]$/), (idNumber) => {
      expect(hideLastFour(maskIdNumber(idNumber))).toBe(`${idNumber.slice(0, 3)}${'*'.repeat(15)}`);
    }),
  );
  expect(hideLastFour('H******7')).toBe('H*******');
});

test('free text loses ID and phone numbers', () => {
  expect(redact('学生 990000199901010017 电话 13800138000')).toBe(
    '学生 990***********0017 电话 138****8000',
  );
  expect(maskPhone('12')).toBe('**');
});

test('the last four accept X in either case and drop brackets', () => {
  expect(normaliseLastFour(' 001x ')).toEqual({ ok: true, value: '001X' });
  expect(normaliseLastFour('456(7)')).toEqual({ ok: true, value: '4567' });
  expect(normaliseLastFour('12').ok).toBe(false);
  expect(normaliseLastFour('一二三四').ok).toBe(false);
  expect(lastFourOf('A123456(7)')).toBe('4567');
});

test('what a graduate types for a stored number always matches it', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9]{17}[0-9X]$/), (idNumber) => {
      expect(normaliseLastFour(idNumber.slice(-4))).toEqual({
        ok: true,
        value: lastFourOf(idNumber),
      });
    }),
  );
});
