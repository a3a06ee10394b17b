import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { afterEach, describe, expect, test } from 'vitest';
import { ALLOWED, PLANTED, type PlantedViolation } from './planted-violations.ts';

const config = createRequire(import.meta.url)('../../.dependency-cruiser.cjs');

const trees: string[] = [];
afterEach(() => {
  for (const tree of trees.splice(0)) rmSync(tree, { recursive: true });
});

/** Names of the rules that a tree breaks. */
async function brokenRules(baseDir: string, folders: readonly string[]): Promise<string[]> {
  return (await violations(baseDir, folders)).map(({ rule }) => rule.name);
}

async function violations(baseDir: string, folders: readonly string[]) {
  const { forbidden, options } = config;
  const { output } = await cruise(
    [...folders],
    { ...options, ruleSet: { forbidden }, validate: true, baseDir },
    options.enhancedResolveOptions,
  );
  return (output as ICruiseResult).summary.violations;
}

function write(tree: string, path: string, text: string): void {
  mkdirSync(dirname(join(tree, path)), { recursive: true });
  writeFileSync(join(tree, path), text);
}

/** A tree with one importing file; `type` makes the import a type's. */
function plantTree(planted: Omit<PlantedViolation, 'rule'>, type = ''): string {
  const tree = mkdtempSync(join(tmpdir(), 'gradshot-layers-'));
  trees.push(tree);
  write(
    tree,
    planted.from,
    `import ${type}{ x } from '${planted.imports}';\nexport const y = x;\n`,
  );
  if (planted.to) write(tree, planted.to, 'export const x = 1;\n');
  const isPackage = !planted.to && !/^(node:|\.)/.test(planted.imports);
  if (isPackage) {
    const folder = `node_modules/${planted.imports}`;
    write(tree, `${folder}/package.json`, '{"main":"index.js"}');
    write(tree, `${folder}/index.js`, 'exports.x = 1;\n');
  }
  return tree;
}

describe('the layer rules bite', () => {
  test.each(PLANTED)('$rule: $from → $imports', async (planted) => {
    const tree = plantTree(planted);
    expect(await brokenRules(tree, [planted.from])).toContain(planted.rule);
  });

  test.each(['', 'type '])('no-cycles: import %s', async (type) => {
    const tree = plantTree({ from: 'src/shared/a.ts', imports: './b.ts' }, type);
    write(tree, 'src/shared/b.ts', `import ${type}{ y } from './a.ts';\nexport const x = 1;\n`);
    expect(await brokenRules(tree, ['src'])).toEqual(['no-cycles']);
  });

  test.each(['', 'type '])('no-cycles-of-rooms: import %s', async (type) => {
    const tree = plantTree({ from: 'src/main/station/sync/a.ts', imports: '../store/b.ts' }, type);
    write(tree, 'src/main/station/store/b.ts', 'export const x = 1;\n');
    const back = `import ${type}{ z } from '../sync/z.ts';\nexport const c = 1;\n`;
    write(tree, 'src/main/station/store/c.ts', back);
    write(tree, 'src/main/station/sync/z.ts', 'export const z = 1;\n');
    expect(new Set(await brokenRules(tree, ['src']))).toEqual(new Set(['no-cycles-of-rooms']));
  });

  test('every rule has a planted violation', () => {
    const names: string[] = config.forbidden.map(({ name }: { name: string }) => name);
    const planted = [...PLANTED.map(({ rule }) => rule), 'no-cycles', 'no-cycles-of-rooms'];
    expect(new Set(planted)).toEqual(new Set(names));
  });
});

describe('the layer rules let pass', () => {
  test.each(ALLOWED)('$from → $imports', async (allowed) => {
    expect(await brokenRules(plantTree(allowed), [allowed.from])).toEqual([]);
  });

  test.each([
    ['miniprogram/src/app.ts', 'packages/contract/src/orders.ts'],
    ['server/src/services/orders/orders.ts', 'server/src/repositories/orders.ts'],
  ])('types alone: %s → %s', async (from, to) => {
    const imports = `${'../'.repeat(from.split('/').length - 1)}${to}`;
    expect(await brokenRules(plantTree({ from, imports, to }, 'type '), [from])).toEqual([]);
  });
});
