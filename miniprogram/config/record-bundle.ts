import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What is used of webpack, whose own types are far from the chain that Taro hands out. */
type Module = { resource?: string; modules?: Iterable<Module> };
type Compilation = {
  modules: Iterable<Module>;
  chunkGraph: { getNumberOfModuleChunks(module: Module): number };
};
type Compiler = {
  hooks: {
    done: { tap(name: string, act: (stats: { compilation: Compilation }) => void): void };
  };
};

const ROOT = path.resolve(__dirname, '../..');
const FOLDER = path.join(ROOT, '.cache/bundled');
const PACKAGE_FOLDER = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/;

/** Writes down which packages webpack put into the client, for `scripts/shipped/bundle-record.ts`. */
export class RecordBundle {
  apply(compiler: Compiler): void {
    compiler.hooks.done.tap('RecordBundle', ({ compilation }) => {
      const shipped = [...compilation.modules].filter(
        (module) => compilation.chunkGraph.getNumberOfModuleChunks(module) > 0,
      );
      const folders = shipped.flatMap(filesOf).flatMap(packageFolder);
      mkdirSync(FOLDER, { recursive: true });
      const file = path.join(FOLDER, `companion-${process.env.TARO_ENV}.json`);
      writeFileSync(file, JSON.stringify([...new Set(folders)].sort(), null, 1));
    });
  }
}

/** A module of its own, or several that webpack wrote as one. */
function filesOf({ resource, modules }: Module): readonly string[] {
  return [...(resource ? [resource] : []), ...[...(modules ?? [])].flatMap(filesOf)];
}

function packageFolder(file: string): readonly string[] {
  const found = PACKAGE_FOLDER.exec(path.relative(ROOT, file).split(path.sep).join('/'));
  return found ? [found[0]] : [];
}
