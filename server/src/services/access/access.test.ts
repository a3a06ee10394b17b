import { randomBytes } from 'node:crypto';
import { fail } from '@gradshot/domain';
import { beforeEach, expect, test } from 'vitest';
import {
  accountRow,
  batchRow,
  hour,
  orderRow,
  paymentRow,
  schoolRow,
  studentRow,
} from '../../../tests/in-memory/rows.ts';
import { createInMemoryStorage, type InMemoryStorage } from '../../../tests/in-memory/storage.ts';
import { unwrap } from '../../../tests/in-memory/unwrap.ts';
import type { CallerIdentity } from '../../ports/access/caller.ts';
import { newToken, tokenHash } from '../../security/tokens.ts';
import { createAuthentication } from './authentication.ts';
import { createOrderAccess } from './order-access.ts';

const school = schoolRow();
const student = studentRow(school);
const batch = batchRow(school);
const order = orderRow(student, batch);
const payment = paymentRow(order);

let storage: InMemoryStorage;
let now: Date;
beforeEach(async () => {
  storage = createInMemoryStorage();
  now = hour(0);
  await storage.schools.insert(school);
  await storage.schools.insertBatch(batch);
  await storage.students.save(student);
  await storage.orders.insert(order);
  await storage.payments.insert(payment);
});

const bearer = (token: string) => {
  const environment = { storage, clock: () => now } as unknown as Parameters<
    typeof createAuthentication
  >[0];
  return createAuthentication(environment).bearer(token);
};
const refused = fail('auth.required');

test('a graduate’s session is of one student, and ends in its time', async () => {
  const token = newToken();
  const session = { id: 's', tokenHash: tokenHash(token), studentId: student.id, stationId: null };
  await storage.eligibility.insertSession({ ...session, createdAt: now, expiresAt: hour(1) });
  expect(unwrap(await bearer(token))).toEqual({
    ...{ kind: 'graduate', sessionId: 's', studentIds: [student.id] },
  });
  now = hour(1);
  expect(await bearer(token)).toEqual(refused);
  expect(await bearer(randomBytes(9).toString('hex'))).toEqual(refused);
});

test('a login is of the students that are linked to it, and ends in its time', async () => {
  const token = newToken();
  const account = accountRow();
  await storage.accounts.ensure(account);
  const session = { id: 's', tokenHash: tokenHash(token), accountId: account.id };
  await storage.accounts.insertSession({ ...session, createdAt: now, expiresAt: hour(1) });
  const caller = { kind: 'account', sessionId: 's', accountId: account.id };
  expect(unwrap(await bearer(token))).toEqual({ ...caller, studentIds: [] });
  await storage.accounts.link(account.id, student.id, now);
  expect(unwrap(await bearer(token))).toEqual({ ...caller, studentIds: [student.id] });
  now = hour(1);
  expect(await bearer(token)).toEqual(refused);
});

test('what is no station’s id is not looked for', async () => {
  const asked: string[] = [];
  const stations = { find: async (id: string) => void asked.push(id) };
  const environment = { storage: { ...storage, stations }, clock: () => now } as unknown;
  const authentication = createAuthentication(
    environment as Parameters<typeof createAuthentication>[0],
  );
  const id = '0e984725-c51c-4bf4-9960-e1c80e27aba0';
  for (const wrong of [`x${id}`, `${id}x`, 'x', '', id.slice(1)])
    expect(await authentication.station(`${wrong}:key`)).toEqual(fail('station.notEnrolled'));
  expect(asked).toEqual([]);
  await authentication.station(`${id}:key`);
  await authentication.station(`${id.toUpperCase()}:key`);
  expect(asked).toEqual([id, id.toUpperCase()]);
});

const staff = {
  ...{ kind: 'staff', sessionId: 's', staffId: 'x', roles: [], schools: 'everySchool' },
  mustChangePassword: false,
};
const graduate = (id: string) => ({ kind: 'graduate', sessionId: 's', studentIds: [id] });
const station = (schoolId: string) => ({ kind: 'station', stationId: 's', schoolId });

test.each<[string, object, boolean]>([
  ['staff', staff, true],
  ['a station of the school', station(school.id), true],
  ['a station of another school', station('other'), false],
  ['the graduate', graduate(student.id), true],
  ['another graduate', graduate('other'), false],
  ['a login of the graduate', { ...graduate(student.id), kind: 'account' }, true],
  ['a login of nobody', { kind: 'account', studentIds: [] }, false],
  ['anybody', { kind: 'public' }, false],
])('order and payment are there for %s: %#', async (_, who, may) => {
  const caller = who as CallerIdentity;
  const access = createOrderAccess({ storage });
  const found = await access.order(caller, order.id);
  const paid = await access.payment(caller, payment.id);
  if (may) {
    expect(unwrap(found).id).toBe(order.id);
    expect(unwrap(paid)).toMatchObject({ payment: { id: payment.id }, order: { id: order.id } });
  } else {
    expect(found).toEqual(fail('order.notFound'));
    expect(paid).toEqual(fail('request.notFound'));
  }
  expect(await access.order(caller, 'none')).toEqual(fail('order.notFound'));
  expect(await access.payment(caller, 'none')).toEqual(fail('request.notFound'));
});
