import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../shared/index.ts';
import { EMPTY_FORM, type EnrolmentForm, enrolmentOf, wrongFields } from './enrolment.ts';

const FILLED: EnrolmentForm = {
  serverUrl: ' https://photo.example.edu.cn ',
  code: ' AB12-CD34 ',
  name: '图书馆一楼 1 号机',
  pin: '2468',
  pinRepeat: '2468',
};

describe('the enrolment form', () => {
  it('names every field that is empty', () => {
    expect(wrongFields(EMPTY_FORM)).toEqual(['serverUrl', 'code', 'name', 'pin']);
  });

  it.each([
    ['serverUrl', 'photo.example.edu.cn'],
    ['serverUrl', 'file:///etc/passwd'],
    ['code', '12345'],
    ['name', '  '],
    ['pin', '12a4'],
    ['pinRepeat', '1357'],
  ] as const)('refuses %s “%s”', (field, value) => {
    expect(wrongFields({ ...FILLED, [field]: value })).toContain(field);
  });

  it('sends what the command takes, without the spaces around it', () => {
    expect(wrongFields(FILLED)).toEqual([]);
    const enrolment = enrolmentOf(FILLED);
    expect(enrolment.code).toBe('AB12-CD34');
    expect(COMMANDS['staff.enrol'].payload.safeParse(enrolment).success).toBe(true);
  });
});
