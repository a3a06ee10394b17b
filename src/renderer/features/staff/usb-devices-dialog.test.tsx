// @vitest-environment jsdom
import { fail, ok } from '@gradshot/domain';
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { renderPage, startStation, type TestStation } from '../../tests/test-station.tsx';
import { UsbDevicesDialog } from './usb-devices-dialog.tsx';

const DEVICES = [
  { kind: 'camera', vendorId: 0x046d, productId: 0x085e, name: 'Logitech BRIO' },
  { kind: 'reader', vendorId: 0x0c2e, productId: 0x0b61, name: 'Honeywell Xenon 1900' },
] as const;

let station: TestStation;
let remembered: number;
beforeEach(async () => {
  station = await startStation({ step: 'welcome' });
  remembered = 0;
});
afterEach(cleanup);

async function open() {
  await act(async () => {
    renderPage(
      <UsbDevicesDialog
        onClose={() => undefined}
        onRemembered={() => {
          remembered += 1;
        }}
      />,
    );
  });
}
const press = () =>
  act(async () => void fireEvent.click(screen.getByTestId('remember-devices-now')));

it('shows what is plugged in before it becomes what is expected', async () => {
  station.answer('staff.usbDevices', ok(DEVICES));
  await open();
  expect(screen.getByTestId('usb-device-list').textContent).toBe(
    '摄像头Logitech BRIO扫码枪Honeywell Xenon 1900',
  );
  expect(station.sent.map(({ name }) => name)).not.toContain('staff.rememberUsbDevices');
  await press();
  expect(station.sent.at(-1)).toEqual({ name: 'staff.rememberUsbDevices', payload: {} });
  expect(remembered).toBe(1);
});

it('remembers nothing where nothing can be seen, and says so', async () => {
  station.answer('staff.usbDevices', fail('station.usbNotSeen'));
  await open();
  expect(screen.getByTestId('usb-devices').textContent).toContain('看不到本机的 USB 设备');
  await press();
  expect(remembered).toBe(0);
});

it('stays open with the reason when it was not kept', async () => {
  station.answer('staff.usbDevices', ok([]));
  station.answer('staff.rememberUsbDevices', fail('station.diskFull'));
  await open();
  expect(screen.getByTestId('usb-devices').textContent).toContain('没有接摄像头');
  await press();
  expect(remembered).toBe(0);
  expect(screen.getByTestId('failure')).toBeTruthy();
});
