import path from 'node:path';
import ts from 'typescript';
import type { WxCall } from './wx-stand-in.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const TYPINGS = path.join(ROOT, 'node_modules/miniprogram-api-typings/index.d.ts');
const FILE = path.join(ROOT, 'tests/weapp/recorded-calls.generated.ts');

/**
 * Holds recorded calls against WeChat's official typings: each becomes a line of TypeScript with
 * its arguments written out, and the compiler says what is wrong with it (also a property that the
 * typings do not know).
 */
export function typingFaults(calls: readonly WxCall[]): string[] {
  const lines = [...new Set(calls.map(lineOf))];
  const source = `/// <reference path="${TYPINGS}" />\n${lines.join('\n')}\nexport {};\n`;
  const program = compile(source);
  return ts
    .getPreEmitDiagnostics(program)
    .filter(({ file }) => file?.fileName === FILE)
    .map(({ start = 0, messageText }) => {
      const line = source.slice(0, start).split('\n').length - 1;
      return `${lines[line - 1]}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
}

function compile(source: string): ts.Program {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    lib: ['lib.es2022.d.ts'],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => name === FILE || fileExists(name);
  host.getSourceFile = (name, languageVersion, ...rest) =>
    name === FILE
      ? ts.createSourceFile(name, source, languageVersion)
      : getSourceFile(name, languageVersion, ...rest);
  return ts.createProgram([FILE], options, host);
}

function lineOf({ name, args }: WxCall): string {
  const callee = name.startsWith('FileSystemManager.')
    ? `wx.getFileSystemManager().${name.split('.')[1]}`
    : `wx.${name}`;
  return `${callee}(${args.map(literalOf).join(', ')});`;
}

/** A value as an expression of the same type; long texts are cut, they say nothing more. */
function literalOf(value: unknown): string {
  if (typeof value === 'function') return '() => undefined';
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 60));
  if (Object.prototype.toString.call(value) === '[object ArrayBuffer]') return 'new ArrayBuffer(8)';
  if (Array.isArray(value)) return `[${value.map(literalOf).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value).map(
    ([key, x]) => `${JSON.stringify(key)}: ${literalOf(x)}`,
  );
  return `{ ${entries.join(', ')} }`;
}
