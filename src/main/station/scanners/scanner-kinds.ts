import type { BusDevice, BusEndpoint, BusInterface } from '../devices/usb-bus.ts';
import type { AssemblerEars, CodeAssembler } from './code-assembler.ts';
import { createHidPosAssembler } from './hid-pos-assembler.ts';
import { scanLayout } from './hid-pos-layout.ts';
import { createSerialAssembler } from './serial-assembler.ts';

/** How a scanner is talked to, once its interfaces are ours. */
export type ScannerKind = {
  readonly name: 'hidPos' | 'serial';
  /** To be claimed, in this order. */
  readonly interfaces: readonly number[];
  readonly endpoint: BusEndpoint;
  /** Readies the device; undefined where it is no scanner after all. Rejects where it does not answer. */
  begin(device: BusDevice): Promise<((ears: AssemblerEars) => CodeAssembler) | undefined>;
};

/** USB-IF class codes. */
const HUMAN_INTERFACE = 0x03;
const COMMUNICATIONS = 0x02;
const ABSTRACT_CONTROL = 0x02;
const CDC_DATA = 0x0a;
/** Of keyboards and mice: never taken from the system. */
const BOOT = 0x01;

const CONTROL_MS = 1000;
const GET_DESCRIPTOR = 0x06;
const REPORT_DESCRIPTOR = 0x2200;
const LONGEST_DESCRIPTOR = 4096;
const SET_LINE_CODING = 0x20;
const SET_CONTROL_LINE_STATE = 0x22;
/** 9600 baud, one stop bit, no parity, eight bits: what scanners are delivered with. */
const LINE_CODING = Uint8Array.of(0x80, 0x25, 0, 0, 0, 0, 8);
const TERMINAL_READY = 1;

/** What a recognised scanner may be read by. One that types is left to the system. */
export function kindsOf(interfaces: readonly BusInterface[]): readonly ScannerKind[] {
  const serial = serialKind(interfaces);
  return [...interfaces.flatMap((one) => hidPosKind(one) ?? []), ...(serial ? [serial] : [])];
}

function hidPosKind({ interfaceNumber, alternates }: BusInterface): ScannerKind | undefined {
  const [first] = alternates;
  if (first?.interfaceClass !== HUMAN_INTERFACE || first.interfaceSubclass === BOOT)
    return undefined;
  const endpoint = inEndpoint(first.endpoints, 'interrupt');
  if (!endpoint) return undefined;
  return {
    ...{ name: 'hidPos', interfaces: [interfaceNumber], endpoint },
    async begin(device) {
      const layout = scanLayout(await reportDescriptor(device, interfaceNumber));
      return layout && ((ears) => createHidPosAssembler(layout, ears));
    },
  };
}

async function reportDescriptor(device: BusDevice, index: number): Promise<Uint8Array> {
  const told = await device.nativeControlTransferIn(
    {
      ...{ requestType: 'standard', recipient: 'interface', request: GET_DESCRIPTOR },
      ...{ value: REPORT_DESCRIPTOR, index },
    },
    CONTROL_MS,
    LONGEST_DESCRIPTOR,
  );
  return told ?? new Uint8Array();
}

function serialKind(interfaces: readonly BusInterface[]): ScannerKind | undefined {
  const control = interfaces.find(
    ({ alternates: [first] }) =>
      first?.interfaceClass === COMMUNICATIONS && first.interfaceSubclass === ABSTRACT_CONTROL,
  );
  const data = interfaces.find(({ alternates: [first] }) => first?.interfaceClass === CDC_DATA);
  const endpoint = inEndpoint(data?.alternates[0]?.endpoints ?? [], 'bulk');
  if (!control || !data || !endpoint) return undefined;
  const index = control.interfaceNumber;
  return {
    ...{ name: 'serial', interfaces: [index, data.interfaceNumber], endpoint },
    async begin(device) {
      const line = { requestType: 'class', recipient: 'interface', index } as const;
      const coding = { ...line, request: SET_LINE_CODING, value: 0 };
      await device.nativeControlTransferOut(coding, CONTROL_MS, LINE_CODING);
      const state = { ...line, request: SET_CONTROL_LINE_STATE, value: TERMINAL_READY };
      await device.nativeControlTransferOut(state, CONTROL_MS);
      return createSerialAssembler;
    },
  };
}

function inEndpoint(endpoints: readonly BusEndpoint[], type: string): BusEndpoint | undefined {
  return endpoints.find((one) => one.direction === 'in' && one.type === type);
}
