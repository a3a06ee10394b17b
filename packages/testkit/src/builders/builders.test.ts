import { orderDetail, standardizationReport, student } from '@gradshot/contract';
import { describe, expect, it } from 'vitest';
import { buildOrderDetail, buildStudent } from './order-builder.ts';
import { buildRefusal, buildReport } from './report-builder.ts';

describe('builders', () => {
  it('keep to the contract', () => {
    expect(student.parse(buildStudent())).toBeDefined();
    expect(orderDetail.parse(buildOrderDetail({ state: 'underReview' })).state).toBe('underReview');
    expect(standardizationReport.parse(buildReport()).accepted).toBe(true);
    expect(standardizationReport.parse(buildRefusal('pose.roll')).accepted).toBe(false);
  });
});
