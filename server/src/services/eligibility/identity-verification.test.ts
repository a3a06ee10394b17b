import { randomBytes, randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { batchRow, hour, schoolRow, studentRow } from '../../../tests/in-memory/rows.ts';
import { createInMemoryStorage, type InMemoryStorage } from '../../../tests/in-memory/storage.ts';
import type { CallerIdentity } from '../../ports/access/caller.ts';
import type { StudentRecord } from '../../ports/eligibility/student-repository.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import { tokenHash } from '../../security/tokens.ts';
import { createVault } from '../../security/vault.ts';
import { createIdentityVerification } from './identity-verification.ts';

const MINUTE_MS = 60_000;
const PHONE = { kind: 'public' } as const;
const station = { kind: 'station', stationId: randomUUID(), schoolId: 's' } as const;

let storage: InMemoryStorage;
let vault: Vault;
let student: StudentRecord;
let now: number;
beforeEach(async () => {
  now = hour(0).getTime();
  storage = createInMemoryStorage();
  vault = createVault(randomBytes(32));
  const school = schoolRow();
  await storage.schools.insert(school);
  await storage.schools.insertBatch(batchRow(school));
  const gatewayNumberHash = 'gateway';
  const idNumberSealed = vault.seal('110101200501011234', 'students.idNumber:gateway');
  student = studentRow(school, { gatewayNumberHash, idNumberSealed });
  await storage.students.save(student);
});

/** A try on a device of its own: the lock is the student's, not the device's. */
async function answer(lastFour: string, caller: typeof PHONE | typeof station = PHONE) {
  const ticket = randomUUID();
  await storage.eligibility.insertTicket({
    tokenHash: tokenHash(ticket),
    studentId: student.id,
    stationId: caller.kind === 'station' ? caller.stationId : null,
    accountId: null,
    createdAt: new Date(now),
    expiresAt: new Date(now + MINUTE_MS),
    usedAt: null,
  });
  return verify(ticket, lastFour, caller);
}

async function verify(ticket: string, lastFour: string, caller: typeof PHONE | typeof station) {
  const clock = () => new Date(now);
  const verification = createIdentityVerification({ storage, vault, clock });
  const result = await verification.verify({ ticket, lastFour }, caller);
  return result.ok ? 'ok' : result.error.code;
}

const wrong = async (times: number) => {
  const codes: string[] = [];
  for (let count = 0; count < times; count += 1) codes.push(await answer('0000'));
  return codes;
};

test('five wrong answers lock the student on every device, for fifteen minutes', async () => {
  const again = 'eligibility.lastFourWrong';
  expect(await wrong(5)).toEqual([again, again, again, again, 'eligibility.locked']);
  expect(await answer('1234', station)).toBe('eligibility.locked');
  now += 15 * MINUTE_MS - 1;
  expect(await answer('1234')).toBe('eligibility.locked');
  now += 1;
  expect(await answer('1234')).toBe('ok');
});

test('of many wrong answers at once only five are heard', async () => {
  const codes = await Promise.all(Array.from({ length: 9 }, () => answer('0000')));
  expect(codes.filter((code) => code === 'eligibility.lastFourWrong')).toHaveLength(4);
  const attempts = [...storage.tables.verificationAttempts.values()];
  expect(attempts.filter(({ outcome }) => outcome === 'wrong')).toHaveLength(5);
  expect(attempts.filter(({ outcome }) => outcome === 'locked')).toHaveLength(4);
});

test('a right answer forgets the wrong ones, and makes one order', async () => {
  await wrong(4);
  expect(await answer('1234')).toBe('ok');
  expect(await wrong(4)).not.toContain('eligibility.locked');
  expect(await answer('1234')).toBe('ok');
  expect(storage.tables.orders.size).toBe(1);
});

test('a ticket serves once, in time, on the device that opened it', async () => {
  const ticket = randomUUID();
  const facts = { studentId: student.id, stationId: null, accountId: null, usedAt: null };
  const times = { createdAt: new Date(now), expiresAt: new Date(now + MINUTE_MS) };
  await storage.eligibility.insertTicket({ tokenHash: tokenHash(ticket), ...facts, ...times });
  expect(await verify(ticket, '1234', station)).toBe('eligibility.ticketExpired');
  now += MINUTE_MS;
  expect(await verify(ticket, '1234', PHONE)).toBe('eligibility.ticketExpired');
  now -= 1;
  expect(await verify(ticket, '1234', PHONE)).toBe('ok');
  expect(await verify(ticket, '1234', PHONE)).toBe('eligibility.ticketExpired');
});

const account = () =>
  ({ kind: 'account', sessionId: 's', accountId: 'mine', studentIds: [] }) as const;

async function opened(caller: CallerIdentity, lastFour = '1234') {
  const ticket = randomUUID();
  await storage.eligibility.insertTicket({
    tokenHash: tokenHash(ticket),
    studentId: student.id,
    stationId: caller.kind === 'station' ? caller.stationId : null,
    accountId: caller.kind === 'account' ? caller.accountId : null,
    ...{ createdAt: new Date(now), expiresAt: new Date(now + MINUTE_MS), usedAt: null },
  });
  const verification = createIdentityVerification({ storage, vault, clock: () => new Date(now) });
  return verification.verify({ ticket, lastFour }, caller);
}

test.each<[string, CallerIdentity, number]>([
  ['a station', station, 60],
  ['a phone', PHONE, 720],
  ['a login', account(), 720],
])('the session that it opens at %s lasts so many minutes', async (_, caller, minutes) => {
  const result = await opened(caller);
  if (!result.ok) throw new Error(result.error.code);
  const { sessionToken, expiresAt, student: shown, orders } = result.value;
  expect(expiresAt).toBe(new Date(now + minutes * MINUTE_MS).toISOString());
  const session = await storage.eligibility.findSession(tokenHash(sessionToken));
  expect(session).toMatchObject({
    ...{ studentId: student.id, createdAt: new Date(now), expiresAt: new Date(expiresAt) },
    stationId: caller.kind === 'station' ? caller.stationId : null,
  });
  expect(shown).toMatchObject({ maskedName: student.maskedName, school: '示例大学' });
  expect(orders).toHaveLength(1);
});

test('a login is linked to whom it has named, and nobody else is', async () => {
  await opened(account());
  expect(await storage.accounts.studentIds('mine')).toEqual([student.id]);
  await opened(PHONE);
  expect(storage.tables.accountStudents.size).toBe(1);
});

test('a ticket of one login serves no other, and no phone without one', async () => {
  const ticket = randomUUID();
  await storage.eligibility.insertTicket({
    ...{ tokenHash: tokenHash(ticket), studentId: student.id, stationId: null, accountId: 'mine' },
    ...{ createdAt: new Date(now), expiresAt: new Date(now + MINUTE_MS), usedAt: null },
  });
  const verification = createIdentityVerification({ storage, vault, clock: () => new Date(now) });
  const ask = (caller: CallerIdentity) => verification.verify({ ticket, lastFour: '1234' }, caller);
  for (const caller of [PHONE, { ...account(), accountId: 'other' }])
    expect(await ask(caller)).toMatchObject({ error: { code: 'eligibility.ticketExpired' } });
  expect((await ask(account())).ok).toBe(true);
});

test('every try is written down, with its place and how it went; what is no answer is none', async () => {
  expect(await opened(PHONE, '12')).toMatchObject({ ok: false });
  await opened(station, '0000');
  await opened(PHONE, '1234');
  const at = new Date(now);
  expect([...storage.tables.verificationAttempts.values()]).toEqual([
    { studentId: student.id, stationId: station.stationId, outcome: 'wrong', at },
    { studentId: student.id, stationId: null, outcome: 'correct', at },
  ]);
  expect(await opened(PHONE, '0000')).toMatchObject({
    ...{ error: { code: 'eligibility.lastFourWrong', details: { remaining: 4 } } },
  });
});

test('a locked record says for how long', async () => {
  await wrong(4);
  expect(await opened(PHONE, '0000')).toMatchObject({
    ...{ error: { code: 'eligibility.locked', details: { minutes: 15 } } },
  });
  now += 10 * MINUTE_MS;
  expect(await opened(PHONE)).toMatchObject({ error: { details: { minutes: 5 } } });
});

test('where no batch is open the right answer opens nothing, and the ticket serves when one is', async () => {
  const [batch] = storage.tables.batches.values();
  if (!batch) throw new Error('no batch');
  storage.tables.batches.clear();
  const ticket = randomUUID();
  await storage.eligibility.insertTicket({
    ...{ tokenHash: tokenHash(ticket), studentId: student.id, stationId: null, accountId: null },
    ...{ createdAt: new Date(now), expiresAt: new Date(now + MINUTE_MS), usedAt: null },
  });
  expect(await verify(ticket, '1234', PHONE)).toBe('eligibility.noBatch');
  const { graduateSessions, orders } = storage.tables;
  expect([graduateSessions.size, orders.size]).toEqual([0, 0]);
  await storage.schools.insertBatch(batch);
  expect(await verify(ticket, '1234', PHONE)).toBe('ok');
});

test('while a record is locked its number is not even unsealed', async () => {
  await wrong(5);
  const { open } = vault;
  let unsealed = 0;
  vault = {
    ...vault,
    open: (...given) => {
      unsealed += 1;
      return open(...given);
    },
  };
  expect(await answer('1234')).toBe('eligibility.locked');
  expect(unsealed).toBe(0);
  now += 15 * MINUTE_MS;
  expect(await answer('1234')).toBe('ok');
  expect(unsealed).toBe(1);
});
