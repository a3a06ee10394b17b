import type { RouteOutput } from '@gradshot/contract';
import { fail, ok, type Result } from '@gradshot/domain';
import type { StationCaller } from '../../ports/access/caller.ts';
import type { EligibilityRows } from '../../ports/eligibility/eligibility-repository.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { StationRows } from '../../ports/stations/station-repository.ts';
import { tokenHash } from '../../security/tokens.ts';
import { beijingMidnight } from '../school-time/beijing-day.ts';
import { isUsable } from './identity-verification.ts';
import { afterCorrectTry, LIFTS_A_DAY, minutesLocked } from './last-four-lock.ts';

type Rows = EligibilityRows & StationRows;
type Needs = Stored<Rows> & {
  readonly clock: Clock;
};

export type LockLifting = {
  /**
   * Opens the student of a ticket to five more tries; who did it is kept with the station. So few a
   * day, at all stations together, that nobody tries all combinations by it.
   */
  lift(ticket: string, caller: StationCaller): Promise<Result<RouteOutput<'liftLastFourLock'>>>;
};

export function createLockLifting({ storage, clock }: Needs): LockLifting {
  return {
    lift: (ticket, caller) =>
      storage.transaction((repositories) =>
        lift(repositories, { ticketHash: tokenHash(ticket), caller, now: clock() }),
      ),
  };
}

type Wish = { readonly ticketHash: string; readonly caller: StationCaller; readonly now: Date };

async function lift(
  { eligibility, stations }: Rows,
  { ticketHash, caller, now }: Wish,
): Promise<Result<RouteOutput<'liftLastFourLock'>>> {
  const { stationId } = caller;
  const station = await stations.find(stationId);
  if (!station?.rights.includes('liftLock')) return fail('station.mayNotLiftLock');
  const ticket = await eligibility.lockTicket(ticketHash);
  if (!ticket || !isUsable(ticket, caller, now)) return fail('eligibility.ticketExpired');
  const { studentId } = ticket;
  const counter = await eligibility.lockCounter(studentId);
  const lifts = await stations.liftsSince(studentId, beijingMidnight(now));
  const leftToday = LIFTS_A_DAY - lifts.length;
  if (minutesLocked(counter, now) === 0) {
    // The answer to the same request was lost on its way.
    const isRepeated = lifts.some((it) => it.stationId === stationId && it.at >= ticket.createdAt);
    return isRepeated ? ok({ leftToday }) : fail('eligibility.notLocked');
  }
  if (leftToday <= 0) return fail('eligibility.liftsUsedUp', { limit: LIFTS_A_DAY });
  await eligibility.saveCounter(afterCorrectTry(counter));
  await stations.addAct({
    ...{ stationId, studentId, at: now, act: 'lockLifted' },
    ...{ staffId: null, reason: '', stationRight: null },
  });
  return ok({ leftToday: leftToday - 1 });
}
