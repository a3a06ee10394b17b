import { join } from 'node:path';
import type { FromShell, ToShell } from '../../src/main/browser-shell/supervisor.ts';
import { ROOT } from '../setup/install.mjs';
import { pinnedNode } from '../setup/pinned-node.mjs';
import { type ManagedProcess, startProcess } from './managed-process.ts';

export type StationProcess = {
  readonly process: ManagedProcess<FromShell>;
  address(options: { readonly once: boolean }): Promise<string>;
};

/** Starts the station behind its loopback port; rejects when it ends before it is up. */
export async function startBrowserShell(env: NodeJS.ProcessEnv): Promise<StationProcess> {
  const process = startProcess<FromShell>({
    command: pinnedNode(),
    args: ['--enable-source-maps', join(ROOT, 'out/main/browser-shell.js')],
    env,
    channel: true,
    output: 'inherit',
  });
  await process.next((message) => message.kind === 'ready');
  return {
    process,
    async address({ once }) {
      const answer = process.next((message) => message.kind === 'address');
      process.send({ kind: 'address', once } satisfies ToShell);
      return (await answer).address;
    },
  };
}
