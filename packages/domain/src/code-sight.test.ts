import { expect, it } from 'vitest';
import { toBase64 } from './base64.ts';
import type { CodePayload } from './code-payload.ts';
import { createCodeSight } from './code-sight.ts';

const ONE = { payload: 'sealed-enrolment-of-the-one' };
const OTHER = { payloadBase64: toBase64(new Uint8Array(40).fill(0xc1)) };
const NOTICE = { payload: 'https://example.com/follow-us' };

/** Ten looks a second; what each of them made of it. */
function watch(...looks: (readonly CodePayload[])[]) {
  const sight = createCodeSight();
  return looks.map((codes, index) => sight.look(codes, index * 100));
}
const kinds = (...looks: (readonly CodePayload[])[]) => watch(...looks).map(({ kind }) => kind);
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

it('takes the only code after a moment, and with every look that sees it from then on', () => {
  expect(watch([ONE], [ONE], [ONE], [], [ONE])).toEqual([
    { kind: 'unsure' },
    { kind: 'unsure' },
    { kind: 'code', code: ONE },
    { kind: 'unsure' },
    { kind: 'code', code: ONE },
  ]);
});

it('takes one that was seen once and is hard to read', () => {
  expect(watch([ONE], [], []).at(-1)).toEqual({ kind: 'code', code: ONE });
});

it('chooses none of two, also where each look finds another one', () => {
  expect(kinds([ONE, OTHER], [ONE], [OTHER], [ONE], [OTHER])).toEqual(times(5, 'several'));
  expect(kinds([ONE], [OTHER], [ONE], [OTHER], [ONE])).toEqual(['unsure', ...times(4, 'several')]);
});

it('takes the one that stays when the other is gone for good', () => {
  const looks = watch([ONE, OTHER], ...times(8, [ONE]));
  expect(looks.slice(0, 6).map(({ kind }) => kind)).toEqual(times(6, 'several'));
  expect(looks.at(-1)).toEqual({ kind: 'code', code: ONE });
});

it('is not put off by a code that cannot be one', () => {
  expect(watch([NOTICE, ONE], [NOTICE], [NOTICE, ONE]).at(-1)).toEqual({ kind: 'code', code: ONE });
});

it('hands over what cannot be one where it is held up alone, after a second', () => {
  const looks = watch(...times(12, [NOTICE]));
  expect(looks.slice(0, 10).map(({ kind }) => kind)).toEqual(times(10, 'unsure'));
  expect(looks.slice(10)).toEqual(times(2, { kind: 'code', code: NOTICE }));
});

it('forgets what is out of sight, and not for a machine that was too busy to look', () => {
  expect(kinds([ONE], ...times(7, [])).at(-1)).toBe('nothing');
  const sight = createCodeSight();
  sight.look([ONE], 0);
  expect(sight.look([OTHER], 5000).kind).toBe('several');
});
