import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { type Context, createContext, runInContext } from 'node:vm';
import { beforeEach, expect, it } from 'vitest';

const source = stripTypeScriptTypes(
  readFileSync(join(import.meta.dirname, 'old-engines.ts'), 'utf8'),
).replace('export {};', '');

/** A world of its own without what a phone of five years ago does not have. */
let phone: Context;
const run = (code: string): unknown => runInContext(code, phone);
beforeEach(() => {
  phone = createContext({});
  run('delete Object.hasOwn; delete Array.prototype.at;');
  expect(run('Object.hasOwn ?? [].at')).toBe(undefined);
  run(source);
});

it('tells own properties from inherited ones, without asking itself', () => {
  expect(run('Object.hasOwn({ a: undefined }, "a")')).toBe(true);
  expect(run('Object.hasOwn({}, "toString")')).toBe(false);
  expect(run('Object.hasOwn(Object.create(null), "a")')).toBe(false);
  expect(run('Object.hasOwn("text", "length")')).toBe(true);
});

it('counts from the end of a list', () => {
  expect(run('[1, 2, 3].at(-1)')).toBe(3);
  expect(run('[1, 2, 3].at(0)')).toBe(1);
  expect(run('[].at(-1)')).toBe(undefined);
});
