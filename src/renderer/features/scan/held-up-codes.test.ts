import type { CodePayload } from '@gradshot/domain';
import { expect, it } from 'vitest';
import { createHeldUpCodes } from './held-up-codes.ts';

const ONE = { payload: 'sealed-enrolment-of-the-one' };
const OTHER = { payload: 'sealed-enrolment-of-another' };

function watching() {
  const told: CodePayload[] = [];
  const held = createHeldUpCodes((code) => told.push(code));
  let now = 0;
  const show = (codes: readonly CodePayload[], looks: number) => {
    for (let look = 0; look < looks; look += 1) {
      now += 100;
      held.look(codes, now);
    }
  };
  return { told, held, show };
}

it('tells of a code once for as long as it is held up', () => {
  const { told, show } = watching();
  show([ONE], 600);
  expect(told).toEqual([ONE]);
});

it('tells of none while two are held up, and begins nobody’s visit when both are gone', () => {
  const { told, show } = watching();
  for (let round = 0; round < 20; round += 1) {
    show([ONE], 1);
    show([OTHER], 1);
    show([ONE, OTHER], 1);
  }
  show([], 30);
  // The first look saw but one of them, and was not enough.
  expect(told).toEqual([]);
});

it('tells of the one that is left', () => {
  const { told, show } = watching();
  show([ONE, OTHER], 10);
  show([OTHER], 10);
  expect(told).toEqual([OTHER]);
});

it('tells of it again when it was away, or when the message was dismissed', () => {
  const { told, held, show } = watching();
  show([ONE], 10);
  show([], 40);
  show([ONE], 10);
  held.again();
  show([ONE], 2);
  expect(told).toEqual([ONE, ONE, ONE]);
});
