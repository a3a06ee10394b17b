import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { afterEach, describe, expect, test } from 'vitest';
import { ALLOWED, PLANTED, type PlantedViolation } from './planted-violations.ts';

const ROOT = join(fileURLToPath(import.meta.url), '../../..');
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

  test('no-cycles', async () => {
    const tree = plantTree({ from: 'src/shared/a.ts', imports: './b.ts' });
    write(tree, 'src/shared/b.ts', "import { y } from './a.ts';\nexport const x = y;\n");
    expect(await brokenRules(tree, ['src'])).toContain('no-cycles');
  });

  test('every rule has a planted violation', () => {
    const names: string[] = config.forbidden.map(({ name }: { name: string }) => name);
    expect(new Set([...PLANTED.map(({ rule }) => rule), 'no-cycles'])).toEqual(new Set(names));
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

test('the real tree keeps to the rules', async () => {
  const folders = ['src', 'packages', 'server', 'miniprogram/src', 'tests', 'scripts'];
  const found = await violations(ROOT, folders);
  expect(found.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
});
