import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Simulators, startSimulators } from '@gradshot/testkit';
import {
  type ServerProcessOptions,
  startServerProcess,
} from '../../../server/tests/support/server-process.ts';
import { serversDatabase } from '../../e2e/support/shared-postgres.ts';

/** A server in sample mode and the simulators, as real processes over loopback. */
export type ConsoleWorld = {
  readonly url: string;
  /** Serves one station. */
  readonly enrolmentCode: string;
  readonly simulators: Simulators;
  /** Puts the server's clock on. */
  advance(milliseconds: number): void;
  close(): Promise<void>;
};

export async function openConsoleWorld(
  options: Pick<ServerProcessOptions, 'engine' | 'closesLate' | 'reviewHoldSeconds'> = {},
): Promise<ConsoleWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'gradshot-console-'));
  const simulators = await startSimulators();
  const { gateway, wechatPay } = simulators;
  const databaseUrl = await serversDatabase();
  const server = await startServerProcess({
    ...options,
    ...(databaseUrl ? { databaseUrl } : {}),
    dataDir: join(folder, 'server'),
    gateway: { baseUrl: gateway.url, ...gateway.credentials },
    wechatPay: { baseUrl: wechatPay.url, ...wechatPay.credentials },
  });
  return {
    url: server.url,
    enrolmentCode: server.enrolmentCode,
    simulators,
    advance: server.advance,
    async close() {
      await server.stop();
      await simulators.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
