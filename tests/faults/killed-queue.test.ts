import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { patient } from '../../scripts/test/slowness.ts';
import { serveOverHttp } from '../../src/main/station/tests/stub-over-http.ts';
import { StubServer } from '../../src/main/station/tests/stub-server.ts';
import type { ClassPersonView, QueueEntryView } from '../../src/shared/index.ts';
import { exitOf, killAfter } from './killed-run.ts';

const STATION = fileURLToPath(new URL('./killed-queue.ts', import.meta.url));
const CODES = Array.from({ length: 12 }, (_, index) => `q${index}`);

type Line = {
  readonly code?: string;
  readonly number?: string;
  readonly missed?: string;
  readonly absent?: string;
  readonly entries?: readonly QueueEntryView[];
  readonly people?: readonly ClassPersonView[];
};

it(
  'killed again and again, the queue keeps everybody it has given a number, and the class its absentees',
  async () => {
    const dir = await mkdtemp(join(tmpdir(), 'killed-queue-'));
    const journal = join(dir, 'journal');
    const stub = new StubServer();
    for (const code of CODES) stub.addOrder({ state: 'pendingCapture' }, code);
    stub.classPeople = CODES.map((code) => ({
      ...{ entryId: randomUUID(), personId: `of ${code}`, maskedName: '张*' },
      studentNumberEnd: '3001',
    }));
    const http = await serveOverHttp(stub);
    const start = () =>
      spawn(process.execPath, [STATION, join(dir, 'data'), http.url, journal, ...CODES], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    const lines = (): Line[] =>
      existsSync(journal)
        ? readFileSync(journal, 'utf8')
            .split('\n')
            .slice(0, -1)
            .map((line) => JSON.parse(line))
        : [];
    try {
      let kills = 0;
      for (let round = 0; round < 4; round++)
        if ((await killAfter(start(), () => lines().length, 4 + round * 3, round * 3)) === null)
          kills += 1;
      expect(await exitOf(start())).toBe(0);
      expect(kills).toBeGreaterThan(2);
      expect(faultsOf(lines())).toEqual([]);
    } finally {
      await http.close();
      await rm(dir, { recursive: true, force: true });
    }
  },
  patient(90_000),
);

/** What was said before a start, and is not so after it. */
function faultsOf(lines: readonly Line[]): string[] {
  const faults: string[] = [];
  const numbers = new Map<string, string>();
  const missed = new Set<string>();
  const absent = new Set<string>();
  for (const line of lines) {
    const { code, number, entries } = line;
    if (code && number) {
      if ((numbers.get(code) ?? number) !== number) faults.push(`${code} has another number`);
      numbers.set(code, number);
    }
    if (line.missed) missed.add(line.missed);
    if (line.absent) absent.add(line.absent);
    if (!entries) continue;
    const shown = new Map(entries.map((entry) => [entry.number, entry.state]));
    if (shown.size !== entries.length) faults.push('a number twice');
    for (const one of numbers.values()) if (!shown.has(one)) faults.push(`${one} is lost`);
    for (const one of missed) if (shown.get(one) !== 'absent') faults.push(`${one} is not absent`);
    for (const one of absent)
      if (line.people?.find(({ entryId }) => entryId === one)?.state !== 'absent')
        faults.push(`of the class ${one} is not absent`);
  }
  if (new Set(numbers.values()).size !== CODES.length) faults.push('not everybody has a number');
  return faults;
}
