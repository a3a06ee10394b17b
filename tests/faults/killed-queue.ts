import { appendFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { patient } from '../../scripts/test/slowness.ts';
import { createStation } from '../../src/main/station/create-station.ts';
import { createStubEngine } from '../../src/main/station/imaging/tests/stub-engine.ts';
import { CLASS } from '../../src/main/station/tests/stub-server.ts';
import type { CommandName, CommandPayload, CommandResponse } from '../../src/shared/index.ts';

/**
 * A station in a process of its own, to be killed at any moment. Its staff check people in, call and pass
 * over, and mark who of a class is absent; the journal has a line for each the moment the station has
 * said so, and one of all that it shows at each start and at the end.
 */
const [dataDir = '', serverUrl = '', journal = '', ...codes] = process.argv.slice(2);
const ENOUGH = patient(40_000);

const station = await createStation(
  {
    dataDir,
    key: Buffer.alloc(32, 3),
    version: 'killed',
    imaging: createStubEngine(),
    allowFaults: false,
    log: () => undefined,
    enrol: { serverUrl, code: 'ENROL-2026', name: '一号', pin: '4711' },
    timing: { diskReserveBytes: 0, probeMs: 50 },
  },
  { pinCost: 2 },
);

async function must<N extends CommandName>(
  name: N,
  payload: CommandPayload<N>,
): Promise<CommandResponse<N>> {
  const result = await station.handlers[name](payload as never);
  if (!result.ok) throw new Error(`${name}: ${result.error.code}`);
  return result.value as CommandResponse<N>;
}

const say = (line: object) => appendFileSync(journal, `${JSON.stringify(line)}\n`);

function tellAll(): void {
  const { queue, classList } = station.snapshot();
  say({ entries: queue?.entries, people: classList?.people });
}

async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; !condition() && waited < ENOUGH; waited += 10) await setTimeout(10);
  if (!condition()) throw new Error('waited in vain');
}

const called = () => station.snapshot().queue?.entries.find(({ state }) => state === 'called');

await until(() => station.snapshot().station.enrolled && station.snapshot().connection.online);
await must('staff.unlock', { pin: '4711' });
if (!station.snapshot().classList) await must('staff.openClass', CLASS);
tellAll();
for (const [index, code] of codes.entries()) {
  say({ code, number: (await must('staff.queueCheckIn', { payload: code })).number });
  if (!called() && station.snapshot().queue?.waiting) await must('staff.queueCall', {});
  const awaited = called();
  if (awaited) {
    await must('staff.queueMiss', { id: awaited.id });
    say({ missed: awaited.number });
  }
  const person = station.snapshot().classList?.people[index];
  if (person && person.state !== 'absent') {
    await must('staff.markAbsent', { entryId: person.entryId, absent: true });
    say({ absent: person.entryId });
  }
}
tellAll();
await station.close();
process.exit(0);
