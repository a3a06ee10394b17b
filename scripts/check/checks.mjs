// Runs before any package is there, so it uses Node alone.

/** @typedef {{ title: string, script: string }} Check */

/** Every check by the npm script that runs it alone. @type {readonly Check[]} */
export const CHECKS = [
  { title: 'Format and lint', script: 'check:format' },
  { title: 'Types', script: 'check:types' },
  { title: 'Layers', script: 'check:layers' },
  { title: 'Unused code', script: 'check:unused' },
];
