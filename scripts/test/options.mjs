// Runs before any package is there, so it uses Node alone.
import { parseArgs } from 'node:util';

export const HELP = `Usage: npm test -- [--only unit|e2e]

Prepares everything itself (packages, models, build, browser) and runs
  unit  unit, property, layer, packaging and database tests (Vitest)
  e2e   the whole product in a real browser, and the Electron shell where Electron is installed
The last line sums all up.
`;

/** @typedef {'unit' | 'e2e'} Part */

/**
 * @param {readonly string[]} args
 * @returns {{ parts: readonly Part[], help: boolean }}
 * @throws {Error} with a sentence for the person who typed them
 */
export function testOptions(args) {
  const { values } = parseArgs({
    args: [...args],
    options: { only: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  const { only, help } = values;
  if (only === undefined) return { parts: ['unit', 'e2e'], help };
  if (only === 'unit' || only === 'e2e') return { parts: [only], help };
  throw new Error(`--only must be unit or e2e, not "${only}".`);
}
