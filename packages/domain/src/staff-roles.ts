/** What a member of staff may be let do. A route of the console names the one that it needs. */
export const STAFF_RIGHTS = [
  'review',
  'seeOrders',
  'seePhotos',
  'withdrawOrders',
  'seeRosters',
  'keepRosters',
  'keepComparison',
  'keepSchools',
  'keepBatches',
  'seeStations',
  'keepStations',
  'chat',
  'keepService',
  'seeMoney',
  'askRefund',
  'refund',
  'publish',
  'withdrawApprovals',
  'keepStaff',
  'readLogs',
] as const;
export type StaffRight = (typeof STAFF_RIGHTS)[number];

/** Roles of the console; `agent` is customer service, `administrator` the system administrator. */
export const STAFF_ROLES = [
  'reviewer',
  'chiefReviewer',
  'agent',
  'schoolAdministrator',
  'finance',
  'auditor',
  'administrator',
] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** The one table of who may do what. An auditor reads what was done and sees no photo. */
export const RIGHTS_OF_ROLE: Readonly<Record<StaffRole, readonly StaffRight[]>> = {
  reviewer: ['review', 'seeOrders', 'seePhotos'],
  chiefReviewer: [
    'review',
    'seeOrders',
    'seePhotos',
    'withdrawOrders',
    'seeRosters',
    'keepComparison',
    'publish',
    'withdrawApprovals',
  ],
  agent: [
    'seeOrders',
    'seePhotos',
    'withdrawOrders',
    'seeRosters',
    'chat',
    'keepService',
    'askRefund',
  ],
  schoolAdministrator: [
    'seeOrders',
    'seePhotos',
    'withdrawOrders',
    'seeRosters',
    'keepRosters',
    'keepComparison',
    'seeStations',
    'keepStations',
    'chat',
    'keepService',
    'askRefund',
    'keepStaff',
    'readLogs',
  ],
  finance: ['seeOrders', 'seeMoney', 'askRefund', 'refund'],
  auditor: ['seeOrders', 'readLogs'],
  administrator: STAFF_RIGHTS,
};

export function rightsOf(roles: readonly StaffRole[]): StaffRight[] {
  return STAFF_RIGHTS.filter((right) => hasRight(roles, right));
}

export function hasRight(roles: readonly StaffRole[], right: StaffRight): boolean {
  return roles.some((role) => RIGHTS_OF_ROLE[role].includes(right));
}

/** Nobody hands out what they may not do themselves. */
export function mayGrant(own: readonly StaffRole[], granted: readonly StaffRole[]): boolean {
  return rightsOf(granted).every((right) => hasRight(own, right));
}
