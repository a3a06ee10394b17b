import type { StaffMember } from '@gradshot/contract';
import type { SchoolRows } from '../../ports/schools/school-repository.ts';
import type { StaffRecord } from '../../ports/staff/staff-repository.ts';

export async function staffMemberOf(
  { schools }: SchoolRows,
  staff: StaffRecord,
): Promise<StaffMember> {
  const found = await Promise.all((staff.schoolIds ?? []).map((id) => schools.find(id)));
  const codes = found.flatMap((school) => (school ? [school.code] : []));
  return {
    staffId: staff.id,
    account: staff.account,
    name: staff.name,
    roles: [...staff.roles],
    schools: staff.schoolIds && codes,
    enabled: staff.enabled,
    mustChangePassword: staff.mustChangePassword,
  };
}
