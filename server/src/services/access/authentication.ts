import { fail, ok, type Result } from '@gradshot/domain';
import type {
  AccountCaller,
  GraduateCaller,
  StaffCaller,
  StationCaller,
} from '../../ports/access/caller.ts';
import type { AccountRows } from '../../ports/accounts/account-repository.ts';
import type { EligibilityRows } from '../../ports/eligibility/eligibility-repository.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { ReviewRows } from '../../ports/review/review-repository.ts';
import type { SchoolRows } from '../../ports/schools/school-repository.ts';
import type { Passwords } from '../../ports/staff/passwords.ts';
import type { StaffRows } from '../../ports/staff/staff-repository.ts';
import type { StationRows } from '../../ports/stations/station-repository.ts';
import { sameText, tokenHash } from '../../security/tokens.ts';
import { createStaffLogin } from '../staff/staff-login.ts';

type Needs = Stored<
  AccountRows & EligibilityRows & ReviewRows & SchoolRows & StaffRows & StationRows
> & {
  readonly clock: Clock;
  readonly passwords: Passwords;
};

export type Authentication = {
  /** `token`: of `Authorization: Bearer`. Failure: `auth.required`. */
  bearer(token: string): Promise<Result<GraduateCaller | AccountCaller>>;
  /** `credentials`: `<stationId>:<deviceKey>` of `Authorization: Station`. */
  station(credentials: string): Promise<Result<StationCaller>>;
  /** `token`: of `Authorization: Staff` or of the console's cookie. Failure: `auth.required`. */
  staff(token: string): Promise<Result<StaffCaller>>;
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function createAuthentication(environment: Needs): Authentication {
  const { storage } = environment;
  const staffLogin = createStaffLogin(environment);
  return {
    bearer: (token) => bearer(environment, token),
    async station(credentials) {
      const [id = '', key = ''] = credentials.split(':');
      const station = UUID.test(id) ? await storage.stations.find(id) : undefined;
      if (!station || station.disabledAt || !sameText(station.deviceKeyHash, tokenHash(key)))
        return fail('station.notEnrolled');
      return ok({ kind: 'station', stationId: station.id, schoolId: station.schoolId });
    },
    async staff(token) {
      const caller = await staffLogin.identify(token);
      return caller ? ok(caller) : fail('auth.required');
    },
  };
}

/** A graduate's session of one student, else a login of the companion client. */
async function bearer(
  { storage, clock }: Needs,
  token: string,
): Promise<Result<GraduateCaller | AccountCaller>> {
  const hash = tokenHash(token);
  const session = await storage.eligibility.findSession(hash);
  if (session && session.expiresAt > clock())
    return ok({ kind: 'graduate', sessionId: session.id, studentIds: [session.studentId] });
  const login = session ? undefined : await storage.accounts.findSession(hash);
  if (!login || login.expiresAt <= clock()) return fail('auth.required');
  const studentIds = await storage.accounts.studentIds(login.accountId);
  const { id: sessionId, accountId } = login;
  return ok({ kind: 'account', sessionId, accountId, studentIds });
}
