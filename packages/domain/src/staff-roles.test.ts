import { expect, test } from 'vitest';
import { hasRight, mayGrant, rightsOf, STAFF_RIGHTS, STAFF_ROLES } from './staff-roles.ts';

test('an administrator may do everything, and each right is somebody else’s to ask for', () => {
  expect(rightsOf(['administrator'])).toEqual(STAFF_RIGHTS);
  for (const role of STAFF_ROLES) expect(mayGrant(['administrator'], [role])).toBe(true);
});

test('an auditor and finance see no photo, and only finance and administrators see money', () => {
  for (const role of ['auditor', 'finance'] as const)
    expect(hasRight([role], 'seePhotos'), role).toBe(false);
  expect(STAFF_ROLES.filter((role) => hasRight([role], 'seeMoney'))).toEqual([
    'finance',
    'administrator',
  ]);
});

test('nobody grants more than they have', () => {
  expect(mayGrant(['schoolAdministrator'], ['agent', 'schoolAdministrator'])).toBe(true);
  for (const role of ['reviewer', 'finance', 'administrator'] as const)
    expect(mayGrant(['schoolAdministrator'], ['agent', role]), role).toBe(false);
  expect(mayGrant(['schoolAdministrator', 'finance'], ['finance'])).toBe(true);
});
