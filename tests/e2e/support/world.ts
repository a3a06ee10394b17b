import { type ChildProcess, fork, type Serializable } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Simulators, startSimulators } from '@gradshot/testkit';
import { layEmptyDatabase } from '../../../server/tests/support/embedded-folder.ts';
import { serversDatabase } from './shared-postgres.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
export const STAFF_PIN = '135790';

/** Simulators, a server and a station, all real processes over loopback. */
export type World = {
  readonly simulators: Simulators;
  readonly folder: string;
  serverUrl(): string;
  /** A fresh address of the station's page. */
  stationAddress(): Promise<string>;
  /** kill -9. */
  killServer(): Promise<void>;
  /** On the same port and data. */
  startServer(): Promise<void>;
  killStation(): Promise<void>;
  startStation(): Promise<void>;
  close(): Promise<void>;
};

/** `embedded`: the server keeps its data where a school's only server does, not on PostgreSQL. */
export async function openWorld({ embedded = false } = {}): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'gradshot-e2e-'));
  const simulators = await startSimulators();
  const databaseUrl = embedded ? undefined : await serversDatabase();
  const place: ServerPlace = { folder, ...(databaseUrl ? { databaseUrl } : {}) };
  let server = await forkServer(place, simulators, 0);
  const { url, enrolmentCode } = server;
  const port = Number(new URL(url).port);
  const start = () => forkStation(folder, url, enrolmentCode);
  let station = await start();
  return {
    simulators,
    folder,
    serverUrl: () => url,
    stationAddress: () => askAddress(station),
    killServer: () => kill(server.process),
    async startServer() {
      server = await forkServer(place, simulators, port);
    },
    killStation: () => kill(station),
    async startStation() {
      station = await start();
    },
    async close() {
      await Promise.all([kill(station), kill(server.process)]);
      await simulators.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

type ServerPlace = { readonly folder: string; readonly databaseUrl?: string };

async function forkServer(place: ServerPlace, simulators: Simulators, port: number) {
  const { gateway, wechatPay, sms, messageTemplates } = simulators;
  const { folder, ...database } = place;
  if (!place.databaseUrl) await layEmptyDatabase(join(folder, 'server'));
  const process = fork(join(ROOT, 'tests/e2e/support/server-process.ts'), { cwd: ROOT });
  process.send({
    dataDir: join(folder, 'server'),
    ...database,
    port,
    gateway: { baseUrl: gateway.url, ...gateway.credentials },
    wechatPay: { baseUrl: wechatPay.url, ...wechatPay.credentials },
    sms: { baseUrl: sms.url, ...sms.credentials },
    messages: { sms: messageTemplates.sms },
  });
  const ready = (await firstMessage(process)) as { url: string; enrolmentCode: string };
  return { process, ...ready };
}

async function forkStation(folder: string, serverUrl: string, code: string): Promise<ChildProcess> {
  const process = fork(join(ROOT, 'out/main/browser-shell.js'), {
    cwd: ROOT,
    serialization: 'advanced',
    env: {
      ...globalThis.process.env,
      GRADSHOT_DATA: join(folder, 'station'),
      GRADSHOT_MODELS: join(ROOT, 'resources/models'),
      GRADSHOT_SAMPLE: '1',
      GRADSHOT_PROVIDER: 'cpu',
      GRADSHOT_ENROL: JSON.stringify({ serverUrl, code, name: '一号采集点', pin: STAFF_PIN }),
    },
  });
  await firstMessage(process);
  return process;
}

async function askAddress(station: ChildProcess): Promise<string> {
  const answer = firstMessage(station);
  station.send({ kind: 'address', once: false });
  return ((await answer) as { address: string }).address;
}

async function firstMessage(process: ChildProcess): Promise<Serializable> {
  const ended = once(process, 'exit').then(([code]) => {
    throw new Error(`the process ended too early (${code})`);
  });
  const [message] = (await Promise.race([once(process, 'message'), ended])) as [Serializable];
  return message;
}

async function kill(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  const gone = once(process, 'exit');
  process.kill('SIGKILL');
  await gone;
}
