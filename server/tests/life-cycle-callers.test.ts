import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ORDER_EVENTS, type OrderEvent } from '@gradshot/domain';
import ts from 'typescript';
import { expect, test } from 'vitest';

const SOURCE = join(import.meta.dirname, '..', 'src');
/** Whoever moves an order does it through one of these. */
const MOVERS = /\b(applyOrderEvent|dropPhoto)\b/;
/** Calls that ask what might be done and do nothing. */
const QUESTIONS = new Set(['transition', 'includes']);

test('every event of the life cycle has a caller', () => {
  const caused = new Set(
    globSync('**/*.ts', { cwd: SOURCE, exclude: ['**/*.test.ts'] }).flatMap((path) =>
      eventsCausedIn(readFileSync(join(SOURCE, path), 'utf8')),
    ),
  );
  expect(ORDER_EVENTS.filter((event) => !caused.has(event))).toEqual([]);
});

test('an event that is only asked for, compared, named in a type or used as a key has none', () => {
  const moves = (text: string) => eventsCausedIn(`applyOrderEvent(r, o, a);\n${text}`);
  expect(moves("transition(state, 'approve', 'reviewer')")).toEqual([]);
  expect(moves("if (event === 'approve') go();")).toEqual([]);
  expect(moves("type Told = 'approve'; const told = { approve: 1 };")).toEqual([]);
  expect(moves("act({ event: no ? 'reject' : 'approve' })")).toEqual(['reject', 'approve']);
  expect(eventsCausedIn("act({ event: 'approve' })")).toEqual([]);
});

/** The events that a file names as values, where it moves orders at all. */
function eventsCausedIn(text: string): OrderEvent[] {
  if (!MOVERS.test(text)) return [];
  const found: OrderEvent[] = [];
  const visit = (node: ts.Node): void => {
    const event = ts.isStringLiteral(node) && ORDER_EVENTS.find((known) => known === node.text);
    if (event && isCause(node)) found.push(event);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('', text, ts.ScriptTarget.Latest, true));
  return found;
}

function isCause({ parent }: ts.Node): boolean {
  if (ts.isLiteralTypeNode(parent) || ts.isImportDeclaration(parent)) return false;
  if (ts.isBinaryExpression(parent)) return false;
  return !(ts.isCallExpression(parent) && QUESTIONS.has(nameOf(parent.expression)));
}

function nameOf(callee: ts.Expression): string {
  if (ts.isPropertyAccessExpression(callee)) return callee.name.text;
  return ts.isIdentifier(callee) ? callee.text : '';
}
