import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { fakeJpeg } from '../../src/main/station/imaging/tests/stub-engine.ts';
import { serveOverHttp } from '../../src/main/station/tests/stub-over-http.ts';
import { StubServer } from '../../src/main/station/tests/stub-server.ts';

const STATION = fileURLToPath(new URL('./killed-station.ts', import.meta.url));

/** What became of everything that was handed in. */
export type Verdict = {
  /** Photos that the station had called safe, and that the server does not have as handed in. */
  readonly lost: readonly string[];
  /** Orders with more than one submission or photo. */
  readonly doubled: readonly string[];
  /** Photos that arrived with other bytes than those of their shot. */
  readonly changed: readonly string[];
};

/** A station in a process of its own, led through all `codes`, that can be killed and started again. */
export type KilledRun = {
  readonly dataDir: string;
  readonly stub: StubServer;
  /** Starts the station; kills it after so many more calls of the server, plus `ms`. Its exit code. */
  killAfter(calls: number, ms: number): Promise<number | null>;
  /** Starts the station and lets it come to its end; 0 when everything was delivered. */
  finish(): Promise<number | null>;
  verdict(): Verdict;
  close(): Promise<void>;
};

export async function openKilledRun(codes: readonly string[]): Promise<KilledRun> {
  const dir = await mkdtemp(join(tmpdir(), 'killed-'));
  const dataDir = join(dir, 'data');
  const journal = join(dir, 'journal');
  const stub = new StubServer();
  for (const code of codes) stub.addOrder({ state: 'pendingCapture' }, code);
  const http = await serveOverHttp(stub);
  const start = () =>
    spawn(process.execPath, [STATION, dataDir, http.url, journal, ...codes], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  return {
    dataDir,
    stub,
    killAfter: (calls, ms) => killAfter(start(), () => stub.calls.length, calls, ms),
    finish: () => exitOf(start()),
    verdict: () => verdictOf(stub, codes, journal),
    async close() {
      await http.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

export const exitOf = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));

/** Kills once so much more was done, and some milliseconds later: at a moment that is not known beforehand. */
export async function killAfter(
  child: ChildProcess,
  done: () => number,
  more: number,
  ms: number,
): Promise<number | null> {
  const target = done() + more;
  const end = exitOf(child);
  let code: number | null | undefined;
  void end.then((value) => {
    code = value;
  });
  while (done() < target && code === undefined) await setTimeout(1);
  await setTimeout(ms);
  child.kill('SIGKILL');
  return end;
}

function verdictOf(stub: StubServer, codes: readonly string[], journal: string): Verdict {
  const arrived = stub.submissions.map((x) => x.photoId);
  const orders = codes.map((code) => stub.codes.get(code)?.orderIds[0] ?? '');
  const photos = [...stub.photos.values()];
  return {
    lost: [
      ...safePhotos(journal),
      ...orders.map((id) => photoOf(stub, id) ?? `of order ${id}`),
    ].filter((photoId) => !arrived.includes(photoId)),
    doubled: orders.filter(
      (id) =>
        stub.submissions.filter((x) => x.orderId === id).length > 1 ||
        photos.filter((x) => x.orderId === id).length > 1,
    ),
    changed: codes.filter((code, index) =>
      photos.some(
        (x) =>
          x.orderId === orders[index] && !x.original.equals(Buffer.from(fakeJpeg(code, 200_000))),
      ),
    ),
  };
}

function photoOf(stub: StubServer, orderId: string): string | undefined {
  return [...stub.photos].find(([, photo]) => photo.orderId === orderId)?.[0];
}

/** Photos of which the station had said that they are safe. */
function safePhotos(journal: string): readonly string[] {
  const lines = existsSync(journal) ? readFileSync(journal, 'utf8').trim().split('\n') : [];
  return lines.map((line) => line.split(' ')[2] ?? '');
}
