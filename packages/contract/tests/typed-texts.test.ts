import { describe, expect, test } from 'vitest';
import { ROUTES } from '../src/index.ts';

const enrolment = {
  code: 'ABCD-EFGH-JKLM',
  installationId: '5b2f8b0e-3c1d-4a57-9c63-0d4f2f1f8a10',
};

/** Each with the shortest and the longest text that is taken. */
const LIMITS = [
  {
    what: 'the name of a station',
    accepts: (name: string) => ROUTES.enrolStation.body.safeParse({ ...enrolment, name }).success,
    from: 1,
    to: 60,
  },
  {
    what: 'an enrolment code',
    accepts: (code: string) =>
      ROUTES.enrolStation.body.safeParse({ ...enrolment, name: '一号', code }).success,
    from: 6,
    to: 64,
  },
  {
    what: 'the name of a school',
    accepts: (name: string) => ROUTES.saveSchool.body.safeParse({ name }).success,
    from: 2,
    to: 80,
  },
];

describe('texts that people type', () => {
  test.each(LIMITS)('$what: $from to $to characters', ({ accepts, from, to }) => {
    expect([from - 1, from, to, to + 1].map((length) => accepts('校'.repeat(length)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});
