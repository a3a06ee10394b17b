import { expect, it } from 'vitest';

it('passes, but where exit-status.test.ts asks it to fail', () => {
  expect(process.env.GRADSHOT_PLANTED_FAILURE).toBeUndefined();
});
