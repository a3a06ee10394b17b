import { fail, ok, type Result } from '@gradshot/domain';
import type { AccountCaller, GraduateCaller, StationCaller } from '../ports/caller.ts';
import type { Environment } from '../ports/environment.ts';
import { sameText, tokenHash } from '../security/tokens.ts';

export type Authentication = {
  /** `token`: of `Authorization: Bearer`. Failure: `auth.required`. */
  bearer(token: string): Promise<Result<GraduateCaller | AccountCaller>>;
  /** `credentials`: `<stationId>:<deviceKey>` of `Authorization: Station`. */
  station(credentials: string): Promise<Result<StationCaller>>;
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function createAuthentication({ storage, clock }: Environment): Authentication {
  return {
    async bearer(token) {
      const session = await storage.eligibility.findSession(tokenHash(token));
      if (!session || session.expiresAt <= clock()) return fail('auth.required');
      return ok({ kind: 'graduate', sessionId: session.id, studentIds: [session.studentId] });
    },
    async station(credentials) {
      const [id = '', key = ''] = credentials.split(':');
      const station = UUID.test(id) ? await storage.stations.find(id) : undefined;
      if (!station || station.disabledAt || !sameText(station.deviceKeyHash, tokenHash(key)))
        return fail('station.notEnrolled');
      return ok({ kind: 'station', stationId: station.id, schoolId: station.schoolId });
    },
  };
}
