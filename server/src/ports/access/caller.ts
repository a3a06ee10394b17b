import type { StaffRole } from '@gradshot/domain';
import type { SchoolScope } from './school-scope.ts';

/** Whoever makes a request, once it is known for certain. */
export type PublicCaller = { readonly kind: 'public' };
export type GraduateCaller = {
  readonly kind: 'graduate';
  readonly sessionId: string;
  readonly studentIds: readonly string[];
};
/** A login of the companion client; reaches the students that it has proven to know. */
export type AccountCaller = {
  readonly kind: 'account';
  readonly sessionId: string;
  readonly accountId: string;
  readonly studentIds: readonly string[];
};
export type StationCaller = {
  readonly kind: 'station';
  readonly stationId: string;
  readonly schoolId: string;
};
/** A login of the console. */
export type StaffCaller = {
  readonly kind: 'staff';
  readonly sessionId: string;
  readonly staffId: string;
  readonly roles: readonly StaffRole[];
  readonly schools: SchoolScope;
  /** Until the password is changed nothing else may be done. */
  readonly mustChangePassword: boolean;
};
export type CallerIdentity =
  | PublicCaller
  | GraduateCaller
  | AccountCaller
  | StationCaller
  | StaffCaller;

/** The id that logs and histories keep of a caller; null for the public. */
export function callerId(caller: CallerIdentity): string | null {
  switch (caller.kind) {
    case 'graduate':
      return caller.studentIds[0] ?? null;
    case 'account':
      return caller.accountId;
    case 'station':
      return caller.stationId;
    case 'staff':
      return caller.staffId;
    case 'public':
      return null;
  }
}
