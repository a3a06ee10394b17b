import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ROOT } from './root.ts';

/** One system stands there without brackets in some packages. */
const systems = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const entrySchema = z.object({
  version: z.string().optional(),
  license: z.string().optional(),
  integrity: z.string().optional(),
  /** A workspace: the entry under `resolved` is the package itself. */
  link: z.boolean().optional(),
  resolved: z.string().optional(),
  os: systems.optional(),
  cpu: systems.optional(),
  dependencies: z.record(z.string(), z.string()).optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
  peerDependencies: z.record(z.string(), z.string()).optional(),
  peerDependenciesMeta: z
    .record(z.string(), z.object({ optional: z.boolean().optional() }))
    .optional(),
});
const lockSchema = z.object({ packages: z.record(z.string(), entrySchema) });
type Entry = z.infer<typeof entrySchema>;

/** A package of the registry as the lock file names it. */
export type LockedPackage = {
  readonly name: string;
  readonly version: string;
  /** As its author declared it, if at all. */
  readonly license: string | undefined;
  /** Folder from the root, e.g. `node_modules/sharp`. */
  readonly folder: string;
  readonly integrity: string | undefined;
};

/** Where the product runs; packages for other systems are never shipped. */
const SYSTEMS = { os: ['linux', 'win32'], cpu: ['x64', 'arm64'] };

const entries = lockSchema.parse(
  JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')),
).packages;

/**
 * What the workspace at `folder` ('' is the root) needs at run time from the registry, for all of our
 * systems. `through`: also what the workspaces need that it is made of, unless they are bundled.
 */
export function productionPackages(
  folder: string,
  { through }: { readonly through: boolean },
): readonly LockedPackage[] {
  const seen = new Set<string>();
  for (const name of Object.keys(entries[folder]?.dependencies ?? {})) {
    const found = resolve(folder, name);
    if (found && (through || !entries[found]?.link)) visit(found, seen);
  }
  return [...seen].filter(isRegistryPackage).map(lockedPackage);
}

/**
 * The package at `folder`, e.g. `node_modules/antd`, or the one that brought a copy of another in a
 * folder of its own. Throws when the lock file has neither.
 */
export function lockedPackage(folder: string): LockedPackage {
  const entry = entries[folder];
  if (!entry?.version) {
    const around = /^(.*)\/node_modules\//.exec(folder)?.[1];
    if (!around) throw new Error(`package-lock.json has no package in ${folder}`);
    return lockedPackage(packageFolder(around));
  }
  const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const { version, license, integrity } = entry;
  return { name, version, license, folder, integrity };
}

const packageFolder = (path: string) =>
  /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? path;

function visit(folder: string, seen: Set<string>): void {
  const entry = entries[folder];
  if (!entry || seen.has(folder) || !isForOurSystems(entry)) return;
  if (entry.link && entry.resolved) {
    visit(entry.resolved, seen);
    return;
  }
  seen.add(folder);
  for (const name of neededBy(entry)) {
    const found = resolve(folder, name);
    if (found) visit(found, seen);
  }
}

function neededBy(entry: Entry): readonly string[] {
  const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = entry;
  const peers = Object.keys(peerDependencies ?? {}).filter(
    (name) => !peerDependenciesMeta?.[name]?.optional,
  );
  return [...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers];
}

/** As Node does: the nearest `node_modules` up the tree. */
function resolve(folder: string, name: string): string | undefined {
  for (let place = folder; ; place = place.slice(0, Math.max(0, place.lastIndexOf('/')))) {
    const candidate = place === '' ? `node_modules/${name}` : `${place}/node_modules/${name}`;
    if (entries[candidate]) return candidate;
    if (place === '') return undefined;
  }
}

function isForOurSystems({ os, cpu }: Entry): boolean {
  const meets = (ours: readonly string[], theirs: readonly string[] | undefined) =>
    !theirs || theirs.some((one) => ours.includes(one));
  return meets(SYSTEMS.os, os) && meets(SYSTEMS.cpu, cpu);
}

function isRegistryPackage(folder: string): boolean {
  return folder.includes('node_modules/');
}
