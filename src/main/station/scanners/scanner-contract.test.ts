import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BRIO, type NativeStandIn, nativeStandIn } from '../devices/tests/bus-stand-in.ts';
import { openUsbBus, type UsbBus } from '../devices/usb-bus.ts';
import { createRigClock, type RigClock } from '../ground/tests/rig-clock.ts';
import { createScanners, type Scanners } from './scanners.ts';
import {
  hidPosReport,
  hidPosReports,
  hidPosScanner,
  type SimulatedScanner,
  serialPackets,
  serialScanner,
} from './tests/simulated-scanner.ts';

/** What every scanner that is read as bytes keeps to, however it is connected. */
type ScannerTraits = {
  readonly name: string;
  build(clock: RigClock): SimulatedScanner;
  packets(code: Uint8Array): readonly Uint8Array[];
  /** A packet that begins a code and does not end it. */
  readonly half: Uint8Array;
  readonly interfaces: readonly number[];
};

const HID_POS: ScannerTraits = {
  name: 'HID-POS',
  build: hidPosScanner,
  packets: hidPosReports,
  half: hidPosReport(Buffer.alloc(56, 0x41), true),
  interfaces: [0],
};
const SERIAL: ScannerTraits = {
  name: 'serial',
  build: serialScanner,
  packets: serialPackets,
  half: Buffer.alloc(40, 0x41),
  interfaces: [0, 1],
};

let clock: RigClock;
let native: NativeStandIn;
let bus: UsbBus;
let scanners: Scanners;
let codes: string[];
let logged: string[];
const text = (code: string) => new Uint8Array(Buffer.from(code));

function start(platform: NodeJS.Platform = 'linux'): void {
  bus = openUsbBus(
    clock,
    () => scanners.follow(),
    async () => native,
  );
  scanners = createScanners({
    ...{ bus, clock, platform },
    log: (_level, message, facts) => logged.push(`${message} ${JSON.stringify(facts ?? {})}`),
    onCode: (bytes) => codes.push(Buffer.from(bytes).toString('latin1')),
  });
}
beforeEach(() => {
  clock = createRigClock();
  native = nativeStandIn([BRIO]);
  codes = [];
  logged = [];
});
afterEach(async () => {
  const closed = scanners.close();
  await clock.advance(1500);
  await closed;
  await bus.close();
});

const plug = async (one: SimulatedScanner) => {
  native.plugIn(one.device);
  await clock.advance(400);
};
const scan = async (one: SimulatedScanner, packets: readonly Uint8Array[]) => {
  for (const packet of packets) {
    one.emit(packet);
    await clock.advance(5);
  }
};
const states = () => scanners.look().map(({ state }) => state);

describe.each([HID_POS, SERIAL])('a scanner by $name', (traits) => {
  let one: SimulatedScanner;
  beforeEach(() => {
    one = traits.build(clock);
  });
  const opened = async () => {
    start();
    await plug(one);
    expect(states()).toEqual(['read']);
  };

  it('is taken from the system when it is plugged in, also before the start, and given back at the end', async () => {
    native = nativeStandIn([BRIO, one.device]);
    start();
    await clock.advance(1);
    expect(scanners.look()).toEqual([{ name: 'Honeywell Xenon 1900', state: 'read' }]);
    expect(one.claimed()).toEqual(traits.interfaces);
    expect(one.driven()).toEqual([]);
    const closed = scanners.close();
    await clock.advance(1500);
    await closed;
    expect([one.claimed(), one.opened()]).toEqual([[], false]);
    expect(one.driven()).toEqual(traits.interfaces);
  });

  it('tells every code once, byte for byte, however long', async () => {
    await opened();
    const long = `${'x'.repeat(57)}${'y'.repeat(112)}z`;
    for (const code of ['a', long, 'https://chsi.example/c/1 2', 'p'.repeat(56), 'q'.repeat(64)])
      await scan(one, traits.packets(text(code)));
    await clock.advance(3000);
    await scan(one, traits.packets(Uint8Array.of(0xc1, 0, 0xff, 9)));
    expect(codes).toEqual([
      ...['a', long, 'https://chsi.example/c/1 2', 'p'.repeat(56), 'q'.repeat(64)],
      '\u00c1\u0000\u00ff\t',
    ]);
  });

  it('pulled out in the middle of a code tells none of it, and works when it is plugged in again', async () => {
    await opened();
    await scan(one, [traits.half]);
    one.unplug();
    native.pullOut(one.device);
    await clock.advance(3000);
    expect([codes, states()]).toEqual([[], []]);
    const next = traits.build(clock);
    await plug(next);
    await scan(next, traits.packets(text('whole-code')));
    expect(codes).toEqual(['whole-code']);
  });

  it('tells nothing of a code that is half read when the station closes', async () => {
    await opened();
    await scan(one, [traits.half]);
    const closed = scanners.close();
    await scan(one, traits.packets(text('late')));
    await clock.advance(3000);
    await closed;
    expect(codes).toEqual([]);
  });

  it('beside another keeps its own codes apart', async () => {
    await opened();
    const other = traits.build(clock);
    await plug(other);
    const [mine, its] = ['m'.repeat(130), 'i'.repeat(130)].map((code) =>
      traits.packets(text(code)),
    );
    for (const [index, packet] of (mine ?? []).entries()) {
      one.emit(packet);
      other.emit((its ?? [])[index] ?? new Uint8Array());
      await clock.advance(2);
    }
    expect(codes.toSorted()).toEqual(['i'.repeat(130), 'm'.repeat(130)]);
    expect(states()).toEqual(['read', 'read']);
  });

  it('drops what is longer than any code, and hears the next one', async () => {
    await opened();
    await scan(one, traits.packets(text('l'.repeat(4000))));
    expect(codes).toEqual([]);
    expect(logged.join()).toContain('tooLong');
    await clock.advance(1500);
    await scan(one, traits.packets(text('next')));
    expect(codes).toEqual(['next']);
  });

  it('that may not be opened is named so, and read once it may', async () => {
    one.setAllowed(false);
    start();
    await plug(one);
    expect(states()).toEqual(['denied']);
    one.setAllowed(true);
    await clock.advance(31_000);
    expect(states()).toEqual(['read']);
  });

  it('that another program has is named so and left alone', async () => {
    one.setTaken(true);
    start();
    await plug(one);
    expect([states(), one.opened()]).toEqual([['taken'], false]);
    one.setTaken(false);
    await clock.advance(31_000);
    expect(states()).toEqual(['read']);
  });

  it('that does not answer any more is named so and given back', async () => {
    one.stopAnswering();
    start();
    await plug(one);
    await clock.advance(3000);
    expect([states(), one.claimed()]).toEqual([['silent'], []]);
  });

  it('gets over a stall, and is lost after several errors', async () => {
    await opened();
    one.failTransfers('Stall', 1);
    await clock.advance(500);
    await scan(one, traits.packets(text('after-a-stall')));
    expect(codes).toEqual(['after-a-stall']);
    one.failTransfers('Fault', 6);
    await clock.advance(1000);
    expect([states(), one.claimed()]).toEqual([['silent'], []]);
    one.failTransfers('', 0);
    await clock.advance(31_000);
    await scan(one, traits.packets(text('again')));
    expect(codes).toEqual(['after-a-stall', 'again']);
  });

  it('gets over whatever comes', async () => {
    await opened();
    const packet = fc.uint8Array({ minLength: 1, maxLength: 64 });
    await fc.assert(
      fc.asyncProperty(fc.array(packet, { maxLength: 4 }), async (packets) => {
        await scan(one, packets);
      }),
      { numRuns: 15 },
    );
    await clock.advance(1500);
    codes = [];
    await scan(one, traits.packets(text('after-the-noise')));
    expect(codes).toEqual(['after-the-noise']);
  });
});

describe('by HID-POS', () => {
  it('half a code is dropped when the rest does not come, or another one begins', async () => {
    const one = hidPosScanner(clock);
    start();
    await plug(one);
    await scan(one, [HID_POS.half]);
    await clock.advance(1100);
    await scan(one, [hidPosReport(text('tail'))]);
    await scan(one, [HID_POS.half, hidPosReport(text('another'), false, ']C0')]);
    expect(codes).toEqual(['tail', 'another']);
    expect(logged.filter((line) => line.includes('brokenOff'))).toHaveLength(2);
  });

  it('the tail of a code with a damaged report is dropped with it', async () => {
    const one = hidPosScanner(clock);
    start();
    await plug(one);
    const damaged = Uint8Array.from(HID_POS.half).fill(60, 1, 2);
    await scan(one, [HID_POS.half, damaged, HID_POS.half, hidPosReport(text('tail'))]);
    expect(codes).toEqual([]);
    await scan(one, [hidPosReport(text('next'))]);
    expect(codes).toEqual(['next']);
  });

  it('a report of another number is no code', async () => {
    const one = hidPosScanner(clock);
    start();
    await plug(one);
    await scan(one, [Uint8Array.from(hidPosReport(text('status'))).fill(3, 0, 1)]);
    expect(codes).toEqual([]);
  });

  it('a reader whose interface is no scanner’s is given back and not asked again', async () => {
    const one = hidPosScanner(clock, {
      reportDescriptors: { 0: Uint8Array.of(0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0xc0) },
    });
    start();
    await plug(one);
    expect([states(), one.claimed(), one.driven()]).toEqual([[], [], [0]]);
  });

  it.each(['win32', 'darwin'] as const)(
    'on %s it is named and left to the system',
    async (platform) => {
      const one = hidPosScanner(clock);
      start(platform);
      await plug(one);
      expect([states(), one.driven()]).toEqual([['unsupported'], [0]]);
    },
  );
});

describe('by a serial port', () => {
  it('is set to 9600 8N1 and told that somebody listens', async () => {
    const one = serialScanner(clock);
    start();
    await plug(one);
    expect(one.requests).toMatchObject([
      { setup: { request: 0x20, index: 0 }, data: [0x80, 0x25, 0, 0, 0, 0, 8] },
      { setup: { request: 0x22, value: 1, index: 0 }, data: [] },
    ]);
  });

  it.each(['\r', '\n', '\r\n'])('a code ends with %j', async (end) => {
    const one = serialScanner(clock);
    start();
    await plug(one);
    await scan(one, serialPackets(text('code-1'), end));
    await scan(one, serialPackets(text('code-2'), end));
    expect(codes).toEqual(['code-1', 'code-2']);
  });

  it('a code without an end is one after a pause, and not before', async () => {
    const one = serialScanner(clock);
    start();
    await plug(one);
    await scan(one, serialPackets(text('c'.repeat(100)), ''));
    expect(codes).toEqual([]);
    await clock.advance(100);
    expect(codes).toEqual(['c'.repeat(100)]);
  });

  it('a device that nobody knows for a scanner is never touched', async () => {
    const modem = serialScanner(clock, { vendorId: 0x12d1, productName: 'Mobile' });
    start();
    await plug(modem);
    await clock.advance(60_000);
    expect([states(), modem.opened(), modem.driven()]).toEqual([[], false, [0, 1]]);
  });
});

it('a look at the bus that fails is not the last: what is plugged in next is read', async () => {
  start();
  await clock.advance(400);
  const devices = bus.devices;
  bus.devices = async () => {
    bus.devices = devices;
    throw new Error('the description of a device cannot be read');
  };
  scanners.follow();
  await clock.advance(400);
  await plug(hidPosScanner(clock));
  expect(states()).toEqual(['read']);
  expect(logged.join()).toContain('Scanners were not seen');
});
