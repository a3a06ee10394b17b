/// <reference path="./spdx-satisfies.d.ts" />
import satisfies from 'spdx-satisfies';
import type { LockedPackage } from './lock-packages.ts';

/** May be shipped with a product that keeps its source. LGPL only as a file that can be replaced. */
const ACCEPTED = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'LGPL-3.0',
  'LGPL-3.0-or-later',
  'MIT',
  'Unlicense',
  'Zlib',
];

/** Packages whose own field is missing or no SPDX expression, with what their authors wrote. */
const READ_BY_HAND: Readonly<Record<string, string>> = {
  // README: "MIT/X11".
  buffers: 'MIT',
  chainsaw: 'MIT',
};

/** SPDX expression of a package's licence. Throws when it has declared none. */
export function licenceOf({ name, license }: LockedPackage): string {
  const expression = READ_BY_HAND[name] ?? license;
  if (!expression) throw new Error(`${name} declares no licence: read it and decide`);
  return expression.replace(/^\((.*)\)$/, '$1');
}

/** False for GPL, AGPL and whatever else nobody has decided on. */
export function isAccepted(expression: string): boolean {
  return satisfies(expression, ACCEPTED);
}
