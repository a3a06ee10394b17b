import type { StaffChange } from '../services/staff/staff-members.ts';

/** Everybody may know it: the sample has nobody's data. Never installed outside of sample mode. */
const SAMPLE_PASSWORD = 'gradshot-demo';

type SampleMember = StaffChange & { readonly password: string };

const member = (
  account: string,
  name: string,
  ...roles: readonly StaffChange['roles'][number][]
): SampleMember => ({ account, name, roles, enabled: true, password: SAMPLE_PASSWORD });

/** Accounts of the console in sample mode, one for each role, and a second reviewer. */
export const SAMPLE_STAFF: readonly SampleMember[] = [
  member('demo-admin', '演示管理员', 'administrator'),
  member('demo-reviewer', '演示审核员', 'reviewer'),
  member('demo-reviewer-2', '演示审核员二', 'reviewer'),
  member('demo-agent', '演示客服', 'agent'),
];
