import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Result } from '@gradshot/domain';
import type {
  CommandName,
  CommandPayload,
  CommandResponse,
  SessionStep,
} from '../../../shared/index.ts';
import type { Station, StationOptions } from '../api.ts';
import { createStation, type World } from '../create-station.ts';
import { NO_BUS } from '../devices/tests/bus-stand-in.ts';
import { createRigClock, type RigClock, settle } from '../ground/tests/rig-clock.ts';
import { createStubEngine, fakeJpeg, type StubEngine } from '../imaging/tests/stub-engine.ts';
import { ENROLMENT_CODE, StubServer } from './stub-server.ts';

export const SERVER_URL = 'http://server.test';
export const PIN = '4711';
/** What a hash of a PIN costs has a test of its own. */
const CHEAP = 2;

export type StationRig = {
  readonly dir: string;
  readonly clock: RigClock;
  readonly server: StubServer;
  readonly engine: StubEngine;
  /** The present one; another after `restart`. */
  station(): Station;
  run<N extends CommandName>(
    name: N,
    payload?: CommandPayload<N>,
  ): Promise<Result<CommandResponse<N>>>;
  step(): SessionStep;
  /** Closes the station and opens it again on the same data. */
  restart(): Promise<void>;
  /** Opens it with other options, after the test has closed it. */
  reopen(options: Partial<StationOptions>): Promise<void>;
  /** Advances the clock until the condition holds; fails after two simulated hours. */
  until(condition: () => boolean, what: string): Promise<void>;
  close(): Promise<void>;
};

/** A station on a stub server, enrolled and online; `prepare` sees the server before the station. */
export async function openRig(
  options: Partial<StationOptions> = {},
  prepare: (server: StubServer) => void = () => undefined,
  world: Pick<Partial<World>, 'openUsb' | 'openLogFile' | 'platform' | 'printSpool'> = {},
): Promise<StationRig> {
  const dir = await mkdtemp(join(tmpdir(), 'station-'));
  const clock: RigClock = createRigClock(() => server.underWay > 0);
  const server = new StubServer(clock.trueNow);
  prepare(server);
  const engine = createStubEngine();
  const open = (others: Partial<StationOptions> = {}) =>
    createStation(
      {
        dataDir: dir,
        key: Buffer.alloc(32, 9),
        version: '0.0.0-test',
        imaging: engine,
        allowFaults: true,
        log: () => undefined,
        enrol: { serverUrl: SERVER_URL, code: ENROLMENT_CODE, name: '一号采集点', pin: PIN },
        fetch: server.fetch,
        ...options,
        ...others,
        timing: { diskReserveBytes: 0, ...options.timing },
      },
      // As crooked as chance is: a half makes whole numbers of everything.
      {
        ...{ clock, random: () => 0.4987654321, pinCost: CHEAP, openUsb: () => NO_BUS },
        ...{ printSpool: undefined, ...world },
      },
    );
  let station = await open();
  const rig: StationRig = {
    dir,
    clock,
    server,
    engine,
    station: () => station,
    run: (name, payload) => station.handlers[name]((payload ?? {}) as never) as never,
    step: () => station.snapshot().session.step,
    async restart() {
      await station.close();
      station = await open();
    },
    async reopen(others) {
      station = await open(others);
    },
    async until(condition, what) {
      for (let i = 0; i < 7200 && !condition(); i++) {
        await settle(() => server.underWay > 0);
        if (!condition()) await clock.advance(1000);
      }
      if (!condition()) throw new Error(`never happened: ${what}`);
    },
    async close() {
      await station.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
  if (!('enrol' in options)) await enrolled(rig);
  return rig;
}

async function enrolled(rig: StationRig): Promise<void> {
  const facts = () => rig.station().snapshot();
  for (let i = 0; i < 12_000 && !facts().station.sample; i++) await setTimeout(5);
  if (!facts().station.enrolled) throw new Error('the station was not enrolled');
}

/** Runs a command and fails the test when it is refused. */
export async function must<N extends CommandName>(
  rig: StationRig,
  name: N,
  payload?: CommandPayload<N>,
): Promise<CommandResponse<N>> {
  const result = await rig.run(name, payload);
  if (!result.ok) throw new Error(`${name}: ${result.error.code} at ${rig.step()}`);
  return result.value;
}

/** From the first page to an order's detail. */
export async function openOrder(rig: StationRig, code: string, index = 0): Promise<void> {
  await must(rig, 'session.enter');
  await must(rig, 'session.submitCode', { payload: code, source: 'camera' });
  await must(rig, 'session.confirmLastFour', { lastFour: '1234' });
  const orderId = rig.server.codes.get(code)?.orderIds[index] ?? '';
  await must(rig, 'session.openOrder', { orderId });
}

/** From 拍照要求 to the accepted standard photo. */
export async function shoot(rig: StationRig, look: string): Promise<void> {
  await must(rig, 'session.toCamera');
  await must(rig, 'session.takeShot', { picture: fakeJpeg(look), width: 4000, height: 3000 });
  await must(rig, 'session.keep');
  await must(rig, 'session.judge');
}
