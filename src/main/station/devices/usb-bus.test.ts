import { afterEach, expect, it, vi } from 'vitest';
import { createRigClock } from '../ground/tests/rig-clock.ts';
import { BRIO, nativeStandIn, XENON } from './tests/bus-stand-in.ts';
import { openUsbBus } from './usb-bus.ts';

const crashed = vi.fn();
process.on('unhandledRejection', crashed);
afterEach(() => {
  expect(crashed).not.toHaveBeenCalled();
});

function open(native: ReturnType<typeof nativeStandIn>) {
  const clock = createRigClock();
  const told = vi.fn();
  return { clock, told, bus: openUsbBus(clock, told, async () => native) };
}

it('tells once of a cable that brings several devices, and of one that is pulled out', async () => {
  const native = nativeStandIn([]);
  const { clock, told, bus } = open(native);
  await vi.waitFor(() => expect(native.listening()).toBe(2));
  native.plugIn(BRIO);
  native.plugIn(XENON);
  expect(await bus.devices()).toEqual([BRIO, XENON]);
  await clock.advance(1000);
  expect(told).toHaveBeenCalledTimes(1);
  native.pullOut(BRIO);
  await clock.advance(1000);
  expect(told).toHaveBeenCalledTimes(2);
});

it('takes its listeners back, and tells nothing after that', async () => {
  const native = nativeStandIn([]);
  const { clock, told, bus } = open(native);
  await vi.waitFor(() => expect(native.listening()).toBe(2));
  native.plugIn(BRIO);
  await bus.close();
  expect(native.listening()).toBe(0);
  await clock.advance(1000);
  expect(told).not.toHaveBeenCalled();
});

it('fails nowhere without a bus, without the right to listen or without node-usb', async () => {
  const { bus } = open(nativeStandIn('no bus'));
  expect(await bus.devices()).toBeUndefined();
  await bus.close();
  const { bus: deaf } = open(nativeStandIn([BRIO], { deaf: true }));
  expect(await deaf.devices()).toEqual([BRIO]);
  await deaf.close();
  const broken = openUsbBus(
    createRigClock(),
    () => undefined,
    () => Promise.reject(new Error('no binary')),
  );
  expect(await broken.devices()).toBeUndefined();
  await broken.close();
});

it('asks node-usb for what it has, and fails nowhere on the machine at hand', async () => {
  const { Emitter, nativeGetDevices } = await import('usb/index.js');
  expect([typeof Emitter, typeof nativeGetDevices]).toEqual(['function', 'function']);
  const bus = openUsbBus(createRigClock(), () => undefined);
  await bus.devices();
  await bus.close();
});
