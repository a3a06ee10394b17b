import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { WechatPayConfig } from '../../src/adapters/wechat-pay/config.ts';
import type { StartOptions } from '../../src/index.ts';
import { layEmptyDatabase } from './embedded-folder.ts';

export type ServerProcess = {
  readonly url: string;
  readonly enrolmentCode: string;
  /** Puts the server's clock on. */
  advance(milliseconds: number): void;
  /** SIGKILL: no chance to tidy up. */
  kill(): Promise<void>;
  stop(): Promise<void>;
};

export type ServerProcessOptions = Pick<StartOptions, 'dataDir' | 'databaseUrl' | 'gateway'> & {
  readonly wechatPay: WechatPayConfig;
  /** The imaging engine itself in place of a stand-in that accepts everything. */
  readonly engine?: boolean;
  /** The payment service says that it closed an order and lets the payer pay it all the same. */
  readonly closesLate?: boolean;
  /** Its worker begins photos and never ends them. */
  readonly hang?: boolean;
  /** By default decisions are carried out at once. */
  readonly reviewHoldSeconds?: number;
};

/** The server in a process of its own, so that it can be killed. */
export async function startServerProcess(options: ServerProcessOptions): Promise<ServerProcess> {
  if (!options.databaseUrl) await layEmptyDatabase(options.dataDir);
  const child: ChildProcess = fork(fileURLToPath(new URL('./serve-sample.ts', import.meta.url)), {
    env: { ...process.env, SERVE_OPTIONS: JSON.stringify(options) },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };
  const ready = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`the server ended with ${code}`);
    }),
  ]);
  const { url, enrolmentCode } = ready[0] as { url: string; enrolmentCode: string };
  return {
    ...{ url, enrolmentCode },
    advance: (milliseconds) => void child.send({ advance: milliseconds }),
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}
