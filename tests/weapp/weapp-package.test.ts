import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { glossary } from '@gradshot/domain';
import { beforeAll, expect, test } from 'vitest';
import { BUILD_TIMEOUT_MS, ensureClientBuilt } from '../../scripts/setup/companion-build.ts';
import { patient } from '../../scripts/test/slowness.ts';
import { DIST } from './weapp-runner.ts';

/** WeChat refuses more than 2 MB; half a megabyte is kept free for what comes. */
const LARGEST_MAIN_PACKAGE = 1.5 * 1024 * 1024;

let files: readonly string[] = [];

beforeAll(async () => {
  await ensureClientBuilt('weapp');
  files = readdirSync(DIST, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}, patient(BUILD_TIMEOUT_MS));

test('the main package stays under 1.5 MB', () => {
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  expect(bytes).toBeLessThan(LARGEST_MAIN_PACKAGE);
});

test('the contract comes along as types alone', () => {
  for (const file of files.filter((name) => name.endsWith('.js'))) {
    const source = readFileSync(file, 'utf8');
    // Words of zod's own error texts and of the contract's schemas.
    expect(source).not.toMatch(/ZodError|invalid_type|Who may call a route/);
  }
});

test('of the glossary it carries the words that it shows', () => {
  const sources = files.filter((name) => name.endsWith('.js')).map((x) => readFileSync(x, 'utf8'));
  const carries = ({ en }: { en: string }) => sources.some((source) => source.includes(`"${en}"`));
  expect(carries(glossary.savePhoto)).toBe(true);
  expect(carries(glossary.needsAttention)).toBe(false);
});

test('everything in app.json exists', () => {
  const app = JSON.parse(readFileSync(path.join(DIST, 'app.json'), 'utf8')) as {
    pages: string[];
  };
  for (const page of app.pages)
    for (const type of ['js', 'json', 'wxml'])
      expect(files).toContain(path.join(DIST, `${page}.${type}`));
});
