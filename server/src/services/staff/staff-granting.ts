import { fail, mayGrant, ok, type Result, type StaffRole } from '@gradshot/domain';
import type { StaffCaller } from '../../ports/access/caller.ts';
import { isWithin } from '../../ports/access/school-scope.ts';
import type { StaffRecord } from '../../ports/staff/staff-repository.ts';

/** What makes up what a member may do. */
export type Standing = Pick<StaffRecord, 'roles' | 'schoolIds' | 'enabled'>;

/** Whether all of the member's schools are the caller's too. */
export function isOfOwnSchools({ schools }: StaffCaller, { schoolIds }: Standing): boolean {
  if (schools === 'everySchool') return true;
  return schoolIds?.every((id) => isWithin(schools, id)) ?? false;
}

/**
 * Whether the caller may turn a member's standing into another. A member of other schools is
 * `request.notFound`, like nobody; what goes beyond the caller's own, before or after, is
 * `staff.beyondOwn`; one's own standing is another one's to change, `staff.ownRights`.
 */
export function mayChange(
  caller: StaffCaller,
  former: StaffRecord | undefined,
  next: Standing,
): Result<undefined> {
  if (former && !isOfOwnSchools(caller, former)) return fail('request.notFound');
  if (former?.id === caller.staffId && !isSame(former, next)) return fail('staff.ownRights');
  const roles: readonly StaffRole[] = [...(former?.roles ?? []), ...next.roles];
  if (!mayGrant(caller.roles, roles) || !isOfOwnSchools(caller, next))
    return fail('staff.beyondOwn');
  return ok(undefined);
}

function isSame(former: Standing, next: Standing): boolean {
  return former.enabled === next.enabled && sameSet(former.roles, next.roles)
    ? isSameScope(former, next)
    : false;
}

/** Whether two standings reach the same schools. */
export function isSameScope({ schoolIds: a }: Standing, { schoolIds: b }: Standing): boolean {
  return a === null || b === null ? a === b : sameSet(a, b);
}

const sameSet = (a: readonly string[], b: readonly string[]) =>
  a.every((one) => b.includes(one)) && b.every((one) => a.includes(one));
