import { randomUUID } from 'node:crypto';
import type { OrderDetail, OrderSummary, Student } from '@gradshot/contract';
import { maskIdNumber, maskName } from '@gradshot/domain';
import { SAMPLE_STUDENTS, type SampleStudent } from '../simulators/chsi-gateway/sample-students.ts';

/** Objects that satisfy the contract, with every field open to change. Nobody in them is real. */

/** @throws when there are no sample students left in the list, which cannot be. */
export function sampleStudent(index = 0): SampleStudent {
  const student = SAMPLE_STUDENTS[index % SAMPLE_STUDENTS.length];
  if (!student) throw new Error('The register of sample students is empty');
  return student;
}

/** A student as views show one: name and number masked. */
export function buildStudent(changes: Partial<Student> = {}, of = sampleStudent()): Student {
  return {
    studentId: randomUUID(),
    maskedName: maskName(of.name),
    maskedIdNumber: maskIdNumber(of.idNumber),
    school: of.schoolName,
    college: of.college,
    major: of.major,
    level: of.level,
    graduationYear: of.graduationYear,
    ...changes,
  };
}

/** An order that waits for payment, 25.00 CNY. */
export function buildOrder(changes: Partial<OrderSummary> = {}): OrderSummary {
  return {
    orderId: randomUUID(),
    orderNo: 'G2026112300001',
    state: 'pendingPayment',
    batchId: randomUUID(),
    batchName: '2027 届毕业生图像采集',
    school: sampleStudent().schoolName,
    priceFen: 2500,
    profileId: 'chsi-480x640',
    updatedAt: '2026-11-23T01:00:00.000Z',
    reasons: [],
    ...changes,
  };
}

export function buildOrderDetail(changes: Partial<OrderDetail> = {}): OrderDetail {
  return { ...buildOrder(), student: buildStudent(), history: [], ...changes };
}
