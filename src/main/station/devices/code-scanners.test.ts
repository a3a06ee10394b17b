import type { CodePayload } from '@gradshot/domain';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createRigClock } from '../ground/tests/rig-clock.ts';
import { type CodeScanners, createCodeScanners } from './code-scanners.ts';
import {
  HID_POS_DESCRIPTOR,
  hidPosReports,
  KEYBOARD_DESCRIPTOR,
  type ScannerStandIn,
  scannerStandIn,
} from './tests/scanner-stand-in.ts';

let scanners: CodeScanners | undefined;
const all: ScannerStandIn[] = [];
afterEach(async () => {
  for (const device of all.splice(0)) device.fallSilent();
  await scanners?.close();
});

function open(devices: ScannerStandIn[], { platform = 'linux' as NodeJS.Platform } = {}) {
  all.push(...devices);
  const heard: CodePayload[] = [];
  const lines: string[] = [];
  const clock = createRigClock();
  let plugged = devices;
  const opened = createCodeScanners({
    bus: { devices: async () => plugged },
    ...{ clock, platform },
    log: (level, message, facts) => void lines.push(JSON.stringify([level, message, facts])),
    onCode: (code) => void heard.push(code),
    onChange: () => undefined,
    descriptorOf: async ({ productId }) =>
      productId === 0x0b6a ? HID_POS_DESCRIPTOR : KEYBOARD_DESCRIPTOR,
  });
  scanners = opened;
  const plug = (next: ScannerStandIn[]) => {
    all.push(...next);
    plugged = next;
    opened.look();
  };
  const states = () => opened.states().map(({ state }) => state);
  return { heard, lines, clock, plug, states };
}

const line = (text: string) => [Buffer.from(`${text}\r`)];

describe.each([
  ['HID-POS', 'hidPos', hidPosReports],
  ['a serial line', 'serial', line],
] as const)('a scanner by %s', (_, kind, pieces) => {
  it('is taken from the system, read, and given back', async () => {
    const device = scannerStandIn(kind);
    const { heard, states } = open([device]);
    await vi.waitFor(() => expect(states()).toEqual(['reading']));
    expect([device.driven(0), device.lineOpen()]).toEqual([false, true]);
    device.says(...pieces('https://example.cn/c?x=甲'));
    await vi.waitFor(() => expect(heard).toEqual([{ payload: 'https://example.cn/c?x=甲' }]));
    device.fallSilent();
    const closing = scanners!.close();
    device.fallSilent();
    await closing;
    expect(device.driven(0)).toBe(true);
  });

  it('hands over bytes that are no text as bytes', async () => {
    const device = scannerStandIn(kind);
    const { heard } = open([device]);
    const bytes = Buffer.from([0xff, 0xfe, 0x01]);
    device.says(...(kind === 'hidPos' ? hidPosReports(bytes) : [bytes, Buffer.from('\n')]));
    await vi.waitFor(() => expect(heard).toEqual([{ payloadBase64: '//4B' }]));
  });

  it('that is held before a code is heard once, and again for the next', async () => {
    const device = scannerStandIn(kind);
    const { heard, clock, lines } = open([device]);
    device.says(...pieces('same'), ...pieces('same'));
    await vi.waitFor(() =>
      expect(lines.filter((one) => one.includes('read a code'))).toHaveLength(2),
    );
    expect(heard).toEqual([{ payload: 'same' }]);
    await clock.advance(1500);
    device.says(...pieces('same'));
    await vi.waitFor(() => expect(heard).toHaveLength(2));
    // What a code holds opens somebody's record.
    expect(lines.join()).not.toContain('same');
  });

  it('pulled out in the middle of a code says nothing, and is read when it is back', async () => {
    const device = scannerStandIn(kind);
    const { heard, plug, states } = open([device]);
    await vi.waitFor(() => expect(states()).toEqual(['reading']));
    device.says(kind === 'hidPos' ? pieces('x'.repeat(80))[0]! : Buffer.from('half'));
    device.pullOut();
    plug([]);
    await vi.waitFor(() => expect(states()).toEqual([]));
    expect(heard).toEqual([]);
    const again = scannerStandIn(kind);
    plug([again]);
    again.says(...pieces('whole'));
    await vi.waitFor(() => expect(heard).toEqual([{ payload: 'whole' }]));
  });

  it('that the system keeps to itself is said to be refused, and tried again', async () => {
    const device = scannerStandIn(kind, { locked: true });
    const { states, plug, clock, lines } = open([device]);
    await vi.waitFor(() => expect(states()).toEqual(['refused']));
    expect(lines.join()).toContain('cannot be read');
    await clock.advance(6000);
    await vi.waitFor(() => expect(states()).toEqual(['refused']));
    plug([scannerStandIn(kind)]);
    await vi.waitFor(() => expect(states()).toEqual(['reading']));
  });

  it('whose endpoint stalls is read on', async () => {
    const device = scannerStandIn(kind);
    const { heard, states } = open([device]);
    await vi.waitFor(() => expect(states()).toEqual(['reading']));
    device.stall();
    device.says(...pieces('after'));
    await vi.waitFor(() => expect(heard).toEqual([{ payload: 'after' }]));
  });

  it('two at once are both heard', async () => {
    const [one, other] = [scannerStandIn(kind), scannerStandIn(kind)];
    const { heard } = open([one, other]);
    one.says(...pieces('one'));
    await vi.waitFor(() => expect(heard).toEqual([{ payload: 'one' }]));
    other.says(...pieces('other'));
    await vi.waitFor(() => expect(heard).toHaveLength(2));
  });

  it.each(['win32', 'darwin'] as const)(
    'is left alone on %s, which lets nobody have it',
    async (platform) => {
      const device = scannerStandIn(kind);
      const { states } = open([device], { platform });
      await Promise.resolve();
      expect([states(), device.driven(0)]).toEqual([[], true]);
    },
  );
});

it('a scanner that types stays the system’s', async () => {
  const device = scannerStandIn('keyboard');
  const { states, plug } = open([device]);
  const other = scannerStandIn('hidPos');
  plug([device, other]);
  await vi.waitFor(() => expect(states()).toEqual(['reading']));
  expect(device.driven(0)).toBe(true);
});

it('a serial line of an unknown maker, a modem or a card reader, is never opened', async () => {
  const modem = scannerStandIn('serial', { vendorId: 0x1199 });
  const { states, plug } = open([modem]);
  plug([modem, scannerStandIn('hidPos')]);
  await vi.waitFor(() => expect(states()).toEqual(['reading']));
  expect(modem.driven(1)).toBe(true);
});

it('a line without an end counts when the scanner falls silent', async () => {
  const device = scannerStandIn('serial');
  const { heard } = open([device]);
  device.says(Buffer.from('no end'));
  device.fallSilent();
  await vi.waitFor(() => expect(heard).toEqual([{ payload: 'no end' }]));
});
