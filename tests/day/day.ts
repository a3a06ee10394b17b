import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Station } from '../../src/main/station/api.ts';
import { createStation } from '../../src/main/station/create-station.ts';
import { ENROLMENT_CODE } from '../../src/main/station/tests/stub-server.ts';
import { codeOf } from './arrivals.ts';
import { COMPRESSED_TIMING } from './compressed-timing.ts';
import type { DayOptions } from './day-options.ts';
import { type DayServer, startDayServer } from './day-server-link.ts';
import { type Sample, sample } from './gauges.ts';
import { type VisitTold, visit } from './graduate.ts';
import { type MainThread, type Stalls, watchMainThread } from './main-thread.ts';
import type { OutageTally } from './outages.ts';
import { type Cameraman, createCameraman, digestOf, standardOf } from './pictures.ts';
import { type RecordedPhoto, recordPhoto } from './recorded-photo.ts';
import { createReplayingEngine } from './replaying-engine.ts';
import { openScreen, type Screen } from './screen.ts';
import { type HandedIn, judge, type Verdict } from './verdict.ts';

/** All that a day has shown, unjudged. */
export type Day = {
  readonly options: DayOptions;
  readonly visits: readonly VisitTold[];
  readonly verdict: Verdict;
  /** Deliveries that wait for staff at the end. */
  readonly parked: number;
  readonly samples: readonly Sample[];
  readonly stalls: Stalls;
  /** From the last visit's end until nothing waits to be sent. */
  readonly drainMs: number;
  readonly wallMs: number;
  readonly standardizationMs: number;
  readonly network: OutageTally;
  /** Lines of the station's log that tell of a bug or a broken disk. */
  readonly errors: readonly string[];
};

/** What the interface must never miss: three frames of a screen. */
export const LONGEST_STALL_MS = 50;
const SAMPLES = 50;
/** A collection of garbage takes as long as several visits. */
const VISITS_BETWEEN_SAMPLES = 5;
const PIN = '4711';
const KEY_BYTES = 32;

export async function runDay(
  options: DayOptions,
  onProgress: (graduates: number) => void = () => undefined,
): Promise<Day> {
  const recorded = await recordPhoto(options.recording);
  const dataDir = mkdtempSync(join(tmpdir(), 'day-'));
  const remove = () => rmSync(dataDir, { recursive: true, force: true });
  // Gigabytes, also of a day that is broken off.
  process.once('exit', remove);
  const server = await startDayServer(options);
  const errors: string[] = [];
  const log = (level: string, message: string, facts?: object) => {
    if (level === 'error') errors.push(`${message} ${JSON.stringify(facts ?? {})}`);
  };
  try {
    const station = await createStation({
      ...{ dataDir, key: Buffer.alloc(KEY_BYTES, 3), version: 'day', allowFaults: false, log },
      imaging: createReplayingEngine(recorded),
      enrol: { serverUrl: server.url, code: ENROLMENT_CODE, name: '一号采集点', pin: PIN },
      timing: COMPRESSED_TIMING,
    });
    const cameraman = createCameraman(options.seed);
    const parts = { options, recorded, cameraman, dataDir, server, station, onProgress };
    try {
      return { ...(await pass(parts, openScreen(station, log))), errors };
    } finally {
      await station.close();
    }
  } finally {
    server.close();
    process.off('exit', remove);
    remove();
  }
}

type Parts = {
  readonly options: DayOptions;
  readonly recorded: RecordedPhoto;
  readonly cameraman: Cameraman;
  readonly dataDir: string;
  readonly server: DayServer;
  readonly station: Station;
  readonly onProgress: (graduates: number) => void;
};

async function pass(parts: Parts, screen: Screen): Promise<Omit<Day, 'errors'>> {
  const { options, recorded, server } = parts;
  await open(screen, options);
  await server.beginOutages();
  const begun = performance.now();
  let place = '';
  const thread = watchMainThread(
    LONGEST_STALL_MS,
    () => `${place}, ${screen.snapshot().session.step}`,
  );
  const served = await serveAll(parts, screen, thread, (graduate) => {
    place = `graduate ${graduate}`;
  });
  place = 'after the last graduate';
  const drainMs = await drained(screen);
  const samples = [
    ...served.samples,
    thread.excluding(() => sample(options.graduates, parts.dataDir)),
  ];
  thread.stop();
  const wallMs = performance.now() - begun;
  const { parked } = screen.snapshot().connection;
  const { arrivals, network } = await server.endOfDay();
  return {
    ...{ options, samples, drainMs, wallMs, parked, network },
    visits: served.visits,
    verdict: judge(served.handedIn, arrivals),
    stalls: thread.stalls(),
    standardizationMs: recorded.tookMs,
  };
}

/** Enrolled, online, and at the pace that is asked for. */
async function open(screen: Screen, { pace }: DayOptions): Promise<void> {
  await screen.until(({ station, imaging }) => station.sample && imaging.ready, 'the enrolment');
  await screen.send('staff.unlock', { pin: PIN });
  await screen.send('staff.setPace', { pace });
  await screen.send('staff.lock', {});
  await screen.until(({ station }) => station.pace === pace, 'the pace');
}

type Served = {
  readonly visits: VisitTold[];
  readonly handedIn: HandedIn[];
  readonly samples: Sample[];
};

async function serveAll(
  { options, recorded, cameraman, dataDir, onProgress }: Parts,
  screen: Screen,
  thread: MainThread,
  onNext: (graduate: number) => void,
): Promise<Served> {
  const served: Served = { visits: [], handedIn: [], samples: [] };
  const between = Math.max(VISITS_BETWEEN_SAMPLES, Math.ceil(options.graduates / SAMPLES));
  for (let graduate = 0; graduate < options.graduates; graduate++) {
    onNext(graduate);
    const picture = cameraman.shoot(graduate);
    const code = codeOf(graduate);
    const told = await visit(screen, { code, picture });
    served.visits.push(told);
    const originalSha256 = digestOf(picture);
    const standardSha256 = digestOf(standardOf(recorded.jpeg, picture));
    served.handedIn.push({ code, photoId: told.photoId, originalSha256, standardSha256 });
    if (graduate % between === 0)
      served.samples.push(thread.excluding(() => sample(graduate + 1, dataDir)));
    onProgress(graduate + 1);
  }
  return served;
}

/** The network goes on failing meanwhile. */
async function drained(screen: Screen): Promise<number> {
  const begun = performance.now();
  await screen.until(({ connection }) => connection.outbox === 0, 'an empty outbox');
  return performance.now() - begun;
}
