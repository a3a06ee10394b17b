import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Plugin } from 'vite';
import { z } from 'zod';
import { ROOT } from './root.ts';

/**
 * Which packages went into a bundle, written down by the bundler itself: a bundle holds parts of
 * what package.json names and much that it does not.
 */
export type Bundle =
  | 'station-main'
  | 'station-preload'
  | 'station-renderer'
  | 'browser-bridge'
  | 'console'
  | 'companion-h5'
  | 'companion-weapp';

const PACKAGE_FOLDER = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/;

/** Path from the root, for the steps that leave a record behind. */
export const recordFile = (bundle: Bundle) => `.cache/bundled/${bundle}.json`;

/** A plugin of Vite that records the packages of one bundle. */
export function recordBundle(bundle: Bundle): Plugin {
  return {
    name: 'record-bundled-packages',
    generateBundle(_options, output) {
      const chunks = Object.values(output).filter((file) => file.type === 'chunk');
      writeRecord(
        bundle,
        chunks.flatMap(({ modules }) => Object.keys(modules)),
      );
    },
  };
}

function writeRecord(bundle: Bundle, modules: readonly string[]): void {
  const folders = modules
    .filter((path) => path.includes('node_modules/'))
    .map((path) => PACKAGE_FOLDER.exec(relative(ROOT, path.replace(/^\0/, '')))?.[0]);
  const file = join(ROOT, recordFile(bundle));
  mkdirSync(join(ROOT, '.cache/bundled'), { recursive: true });
  writeFileSync(file, JSON.stringify([...new Set(folders)].sort(), null, 1));
}

export const isRecorded = (bundle: Bundle) => existsSync(join(ROOT, recordFile(bundle)));

/** Folders of the bundle's packages. Throws when it has not been built yet. */
export function bundledFolders(bundle: Bundle): readonly string[] {
  if (!isRecorded(bundle)) throw new Error(`${bundle} has not been built: npm run build`);
  return z
    .array(z.string())
    .parse(JSON.parse(readFileSync(join(ROOT, recordFile(bundle)), 'utf8')));
}
