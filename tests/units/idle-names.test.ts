import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ERRORS } from '@gradshot/domain';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/shared/index.ts';

/** Names of a table that nobody uses are promises that nobody keeps. */

const ROOT = join(import.meta.dirname, '../..');

/** The product's own sources, but for tests and `without`. */
function sources(pattern: string, without: RegExp): string {
  return globSync(pattern, { cwd: ROOT })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !/node_modules|\/dist|\.test\.|\/tests\//.test(path) && !without.test(path))
    .map((path) => readFileSync(join(ROOT, path), 'utf8'))
    .join('\n');
}

const quoted = (text: string, name: string) => text.includes(`'${name}'`);

describe('a name is used', () => {
  test('every error of the catalogue is raised somewhere', () => {
    // Tables that list codes raise none.
    const tables = /domain\/src\/errors\.ts|failure-statuses\.ts|contract\/src|glossary|testkit/;
    const raised = sources('{src,server/src,packages,miniprogram/src}/**/*.{ts,tsx}', tables);
    expect(Object.keys(ERRORS).filter((code) => !quoted(raised, code))).toEqual([]);
  });

  test('every command of the station is sent by a page', () => {
    const pages = sources('src/renderer/**/*.{ts,tsx}', /^$/);
    expect(Object.keys(COMMANDS).filter((name) => !quoted(pages, name))).toEqual([]);
  });
});
