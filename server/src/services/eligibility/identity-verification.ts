import { randomUUID } from 'node:crypto';
import type { RouteOutput } from '@gradshot/contract';
import { fail, lastFourOf, normaliseLastFour, ok, type Result } from '@gradshot/domain';
import type { CallerIdentity } from '../../ports/access/caller.ts';
import type { AccountRows } from '../../ports/accounts/account-repository.ts';
import type {
  EligibilityRows,
  Ticket,
  VerificationLock,
} from '../../ports/eligibility/eligibility-repository.ts';
import type { StudentRecord, StudentRows } from '../../ports/eligibility/student-repository.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Announcing } from '../../ports/ground/happenings.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import type { OrderRows } from '../../ports/order-life/order-repository.ts';
import type { RosterLookupRows } from '../../ports/rosters/roster-repository.ts';
import type { SchoolRows } from '../../ports/schools/school-repository.ts';
import { newToken, sameText, tokenHash } from '../../security/tokens.ts';
import { ensureOrder } from '../order-life/order-creation.ts';
import { studentOf, summaryOf } from '../order-life/order-view.ts';
import {
  afterCorrectTry,
  afterWrongTry,
  LOCK_MINUTES,
  minutesLocked,
  triesLeft,
} from './last-four-lock.ts';

type Rows = AccountRows &
  Announcing &
  EligibilityRows &
  OrderRows &
  RosterLookupRows &
  SchoolRows &
  StudentRows;
type Needs = Stored<Rows> & {
  readonly clock: Clock;
  readonly vault: Vault;
};

/** A visit at a station is short; a graduate's own phone keeps the session for the evening. */
const STATION_SESSION_MINUTES = 60;
const OWN_SESSION_MINUTES = 12 * 60;

export type IdentityVerification = {
  /** Confirms a ticket by the last four characters, ensures the order and opens a session. */
  verify(
    input: { readonly ticket: string; readonly lastFour: string },
    caller: CallerIdentity,
  ): Promise<Result<RouteOutput<'verifyLastFour'>>>;
};

export function createIdentityVerification(environment: Needs): IdentityVerification {
  return {
    async verify(input, caller) {
      const lastFour = normaliseLastFour(input.lastFour);
      if (!lastFour.ok) return lastFour;
      const student = await environment.storage.transaction((repositories) =>
        confirm(environment, repositories, {
          ticketHash: tokenHash(input.ticket),
          lastFour: lastFour.value,
          caller,
        }),
      );
      return student.ok ? openSession(environment, student.value, caller) : student;
    },
  };
}

type LastFour = {
  /** In the form of `normaliseLastFour`. */
  readonly lastFour: string;
  readonly caller: CallerIdentity;
};
type Try = LastFour & { readonly ticketHash: string };

/** Everything that must hold together: counter, ticket and order change in one transaction. */
async function confirm(
  environment: Needs,
  repositories: Rows,
  attempt: Try,
): Promise<Result<StudentRecord>> {
  const now = environment.clock();
  const ticket = await repositories.eligibility.lockTicket(attempt.ticketHash);
  if (!ticket || !isUsable(ticket, attempt.caller, now)) return fail('eligibility.ticketExpired');
  const student = await repositories.students.find(ticket.studentId);
  if (!student) throw new Error('a ticket without its student');
  const answer = await tryLastFour(environment, repositories, student, attempt);
  if (!answer.ok) return answer;
  const order = await ensureOrder(repositories, student, now);
  if (!order.ok) return order;
  await repositories.eligibility.useTicket(ticket.tokenHash, now);
  if (attempt.caller.kind === 'account')
    await repositories.accounts.link(attempt.caller.accountId, student.id, now);
  return ok(student);
}

/** By who opened it, once, and in time. */
export function isUsable(ticket: Ticket, caller: CallerIdentity, now: Date): boolean {
  const stationId = caller.kind === 'station' ? caller.stationId : null;
  const accountId = caller.kind === 'account' ? caller.accountId : null;
  const opener = ticket.stationId === stationId && ticket.accountId === accountId;
  return opener && ticket.usedAt === null && ticket.expiresAt > now;
}

/**
 * One try of whoever claims to be the student, counted. Failures: `eligibility.locked` (even for the right
 * answer), `eligibility.lastFourWrong`.
 */
export async function tryLastFour(
  environment: Pick<Needs, 'clock' | 'vault'>,
  { eligibility }: EligibilityRows,
  student: StudentRecord,
  attempt: LastFour,
): Promise<Result<void>> {
  const now = environment.clock();
  const counter = await eligibility.lockCounter(student.id);
  const minutes = minutesLocked(counter, now);
  const correct = minutes === 0 && fits(environment, student, attempt.lastFour);
  const outcome = minutes > 0 ? 'locked' : correct ? 'correct' : 'wrong';
  const stationId = attempt.caller.kind === 'station' ? attempt.caller.stationId : null;
  await eligibility.addAttempt({ studentId: student.id, stationId, outcome, at: now });
  if (minutes > 0) return fail('eligibility.locked', { minutes });
  if (correct) {
    await eligibility.saveCounter(afterCorrectTry(counter));
    return ok(undefined);
  }
  return afterRefusal(eligibility, afterWrongTry(counter, now));
}

async function afterRefusal(
  eligibility: Rows['eligibility'],
  counter: VerificationLock,
): Promise<Result<never>> {
  await eligibility.saveCounter(counter);
  return counter.lockedUntil
    ? fail('eligibility.locked', { minutes: LOCK_MINUTES })
    : fail('eligibility.lastFourWrong', { remaining: triesLeft(counter) });
}

function fits({ vault }: Pick<Needs, 'vault'>, student: StudentRecord, lastFour: string): boolean {
  const context = `students.idNumber:${student.gatewayNumberHash}`;
  return sameText(lastFourOf(vault.open(student.idNumberSealed, context)), lastFour);
}

async function openSession(
  { storage, clock }: Needs,
  student: StudentRecord,
  caller: CallerIdentity,
): Promise<Result<RouteOutput<'verifyLastFour'>>> {
  const sessionToken = newToken();
  const now = clock();
  const minutes = caller.kind === 'station' ? STATION_SESSION_MINUTES : OWN_SESSION_MINUTES;
  const expiresAt = new Date(now.getTime() + minutes * 60_000);
  await storage.eligibility.insertSession({
    id: randomUUID(),
    tokenHash: tokenHash(sessionToken),
    studentId: student.id,
    stationId: caller.kind === 'station' ? caller.stationId : null,
    createdAt: now,
    expiresAt,
  });
  const orders = await storage.orders.listOfStudent(student.id);
  const school = await storage.schools.find(student.schoolId);
  return ok({
    sessionToken,
    expiresAt: expiresAt.toISOString(),
    student: studentOf(student, school?.name ?? ''),
    orders: orders.map(summaryOf),
  });
}
