import { expect, it } from 'vitest';
import { dayInBeijing } from './beijing-time.ts';

it('a day begins at midnight in Beijing, eight hours before it does in UTC', () => {
  expect(dayInBeijing(new Date('2026-11-23T15:59:59.999Z'))).toBe('2026-11-23');
  expect(dayInBeijing(new Date('2026-11-23T16:00:00.000Z'))).toBe('2026-11-24');
});
