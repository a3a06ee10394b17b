import { fail } from '@gradshot/domain';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type NativeStandIn, nativeStandIn } from '../devices/tests/bus-stand-in.ts';
import { openUsbBus } from '../devices/usb-bus.ts';
import {
  hidPosReports,
  hidPosScanner,
  type SimulatedScanner,
} from '../scanners/tests/simulated-scanner.ts';
import { must, openRig, PIN, type StationRig } from './station-rig.ts';

/** What a scanner has read goes where its keys would go, if it typed. */

let rig: StationRig;
let native: NativeStandIn;
let scanner: SimulatedScanner;
let logged: string[];

async function openOn(platform: NodeJS.Platform): Promise<void> {
  logged = [];
  native = nativeStandIn([]);
  const log = (_level: string, message: string, facts?: object) =>
    void logged.push(`${message} ${JSON.stringify(facts ?? {})}`);
  rig = await openRig({ log }, undefined, {
    openUsb: (clock, onPlug) => openUsbBus(clock, onPlug, async () => native),
    platform,
  });
  rig.server.addOrder({ state: 'pendingCapture' }, 'code-1');
  scanner = hidPosScanner(rig.clock);
  native.plugIn(scanner.device);
  await rig.clock.advance(400);
}
beforeEach(() => openOn('linux'));
afterEach(() => rig.close());

async function scan(code: string | Uint8Array): Promise<void> {
  for (const report of hidPosReports(new Uint8Array(Buffer.from(code)))) {
    scanner.emit(report);
    await rig.clock.advance(5);
  }
}
const waiting = () => rig.station().snapshot().scannerRead;
const take = (read: number | undefined) => rig.run('scanner.takeCode', { read: read ?? -1 });
const selfTest18 = async () => {
  await must(rig, 'staff.unlock', { pin: PIN });
  return (await must(rig, 'staff.diagnostics')).find(({ number }) => number === 18);
};

it('waits for the page, is taken once, and begins the visit as one that was typed', async () => {
  await scan('code-1');
  const read = waiting();
  expect(await take(read)).toEqual({ ok: true, value: { payload: 'code-1' } });
  expect([waiting(), await take(read)]).toEqual([undefined, fail('request.notFound')]);
  await must(rig, 'session.submitCode', { payload: 'code-1', source: 'scanner' });
  expect(rig.step()).toBe('verify');
});

it('of bytes that are no text is bytes, at the desk’s queue too', async () => {
  const bytes = Buffer.alloc(60, 0xc1);
  await scan(bytes);
  const code = { payloadBase64: bytes.toString('base64') };
  expect(await take(waiting())).toEqual({ ok: true, value: code });
  await must(rig, 'staff.unlock', { pin: PIN });
  await rig.run('staff.queueCheckIn', code);
  expect(rig.server.lookedUp).toEqual([code]);
});

it('is dropped where no page waits, and said without its content', async () => {
  await scan('code-1');
  await rig.clock.advance(2000);
  expect(waiting()).toBeUndefined();
  expect(logged.join()).toContain('while no page waited');
  expect(logged.join()).not.toContain('code-1');
});

it('comes in its turn after another', async () => {
  await scan('code-1');
  await scan('code-2');
  const codes = [await take(waiting()), await take(waiting())];
  expect(codes).toMatchObject([{ value: { payload: 'code-1' } }, { value: { payload: 'code-2' } }]);
});

it('belongs to the desk where the graduate has a screen of their own', async () => {
  const { graduate } = rig.station();
  const left = graduate.arrived();
  await scan('code-1');
  expect(graduate.snapshot().scannerRead).toBeUndefined();
  const read = waiting() ?? -1;
  expect(await graduate.handlers['scanner.takeCode']({ read })).toEqual(fail('staff.atDesk'));
  expect(await take(read)).toMatchObject({ ok: true });
  left();
});

it('that is read, or may not be, is named by the self-test', async () => {
  expect(await selfTest18()).toMatchObject({
    level: 'pass',
    zh: '扫码枪「Honeywell Xenon 1900」可以直接读取。',
  });
  await rig.close();
  await openOn('win32');
  expect(await selfTest18()).toMatchObject({
    level: 'warn',
    zh: expect.stringContaining('键盘方式'),
  });
});
