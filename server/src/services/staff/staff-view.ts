import type { StaffMember } from '@gradshot/contract';
import type { StaffRecord } from '../../ports/staff/staff-repository.ts';

export function staffMemberOf(staff: StaffRecord): StaffMember {
  return {
    staffId: staff.id,
    account: staff.account,
    name: staff.name,
    roles: [...staff.roles],
    enabled: staff.enabled,
    mustChangePassword: staff.mustChangePassword,
  };
}
