import { spawnSync } from 'node:child_process';
import { findSystemBrowser, isRoot } from '../setup/system-browser.ts';

/** Chromium for the interface, and Chinese letters for it. */
const APT_PACKAGES = ['chromium', 'fonts-noto-cjk'];

/**
 * Sees to the programs that the e2e tests drive. Returns the sentence to show when one is missing
 * and may not be installed.
 */
export function ensureBrowserTools(): string | undefined {
  if (missing().length === 0) return undefined;
  if (isRoot() && has('apt-get')) {
    console.log(`• Installing ${missing().join(' and ')} from the system's packages`);
    apt('update', '-q');
    apt('install', '-qy', '--no-install-recommends', ...APT_PACKAGES);
  }
  const absent = missing();
  if (absent.length === 0) return undefined;
  return (
    `The e2e tests need ${absent.join(' and ')}: install it ` +
    '(on Debian and Ubuntu: apt-get install chromium) and run npm test again.'
  );
}

function missing(): readonly string[] {
  return findSystemBrowser() ? [] : ['Chromium, Chrome or Edge'];
}

function has(program: string): boolean {
  return spawnSync(program, ['-version'], { stdio: 'ignore' }).error === undefined;
}

function apt(...args: readonly string[]): void {
  spawnSync('apt-get', args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}
