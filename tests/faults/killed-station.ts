import { appendFileSync, writeSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { patient } from '../../scripts/test/slowness.ts';
import { createStation } from '../../src/main/station/create-station.ts';
import { createStubEngine, fakeJpeg } from '../../src/main/station/imaging/tests/stub-engine.ts';
import type { CommandName, CommandPayload } from '../../src/shared/index.ts';

/**
 * A station in a process of its own, to be killed at any moment. Takes every graduate of the list
 * through 上传 and 提交; appends `kept CODE PHOTO` and `submitted CODE PHOTO` to its journal the
 * moment the station has said so. Then it waits until everything is delivered, and ends.
 */
const [dataDir = '', serverUrl = '', journal = '', ...codes] = process.argv.slice(2);
const ENOUGH = patient(40_000);

const station = await createStation({
  dataDir,
  key: Buffer.alloc(32, 3),
  version: 'killed',
  imaging: createStubEngine(),
  allowFaults: false,
  log: (level, message, facts) => {
    if (level !== 'info') writeSync(2, `${level} ${message} ${JSON.stringify(facts)}\n`);
  },
  enrol: { serverUrl, code: 'ENROL-2026', name: '一号', pin: '4711' },
  timing: {
    diskReserveBytes: 0,
    backoffBaseMs: 20,
    backoffCapMs: 200,
    probeMs: 50,
    watchedPullMs: 50,
  },
});

async function must<N extends CommandName>(name: N, payload: CommandPayload<N>): Promise<void> {
  const result = await station.handlers[name](payload as never);
  if (!result.ok) throw new Error(`${name}: ${result.error.code}`);
}

const say = (word: string, code: string, photoId: string) =>
  appendFileSync(journal, `${word} ${code} ${photoId}\n`);

async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; !condition() && waited < ENOUGH; waited += 10) await setTimeout(10);
  if (!condition()) throw new Error('waited in vain');
}

/** Goes on where a killed process left the order. */
async function serve(code: string): Promise<void> {
  await must('session.enter', {});
  await must('session.submitCode', { payload: code, source: 'camera' });
  await must('session.confirmLastFour', { lastFour: '1234' });
  const { session } = station.snapshot();
  if (session.step !== 'orders') throw new Error(session.step);
  await must('session.openOrder', { orderId: session.orders[0]?.orderId ?? '' });
  await must('session.beginOrder', {});
  for (let i = 0; i < 6 && station.snapshot().session.step !== 'handedIn'; i++) await onwards(code);
  await must('session.leave', {});
}

async function onwards(code: string): Promise<void> {
  const { session } = station.snapshot();
  if (session.step === 'requirements') await must('session.toCamera', {});
  else if (session.step === 'camera')
    await must('session.takeShot', { picture: fakeJpeg(code, 200_000), width: 40, height: 30 });
  else if (session.step === 'reviewShot') {
    await must('session.keep', {});
    say('kept', code, session.shot.photoId);
  } else if (session.step === 'kept') await must('session.judge', {});
  else if (session.step === 'judged') {
    await must('session.handIn', {});
    say('handedIn', code, session.shot.photoId);
  }
}

await until(() => station.snapshot().station.enrolled && station.snapshot().connection.online);
for (const code of codes) await serve(code);
await until(() => {
  const { outbox, parked } = station.snapshot().connection;
  return outbox + parked === 0;
});
await station.close();
process.exit(0);
