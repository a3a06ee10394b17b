import type { Language } from '@gradshot/domain';
import { z } from 'zod';

/**
 * What a station is equipped with. `input`: keyboards and touch screens, and scanners that type and
 * cannot be told from one. `stillCamera`: a camera on a cable that keeps its own pictures; a phone looks like one too.
 */
export const USB_KINDS = ['camera', 'stillCamera', 'reader', 'printer', 'input'] as const;
export type UsbKind = (typeof USB_KINDS)[number];

/** A device on the USB bus as it names itself. Without its serial number. */
export const usbDevice = z.object({
  kind: z.enum(USB_KINDS),
  vendorId: z.int().min(0).max(0xffff),
  productId: z.int().min(0).max(0xffff),
  name: z.string().min(1).max(80),
});
export type UsbDeviceView = z.infer<typeof usbDevice>;

const KINDS: Readonly<Record<UsbKind, Readonly<Record<Language, string>>>> = {
  camera: { zh: '摄像头', en: 'camera' },
  stillCamera: { zh: '相机', en: 'still camera' },
  reader: { zh: '扫码枪', en: 'code reader' },
  printer: { zh: '打印机', en: 'printer' },
  input: { zh: '输入设备', en: 'input device' },
};

export function usbKindText(kind: UsbKind, language: Language): string {
  return KINDS[kind][language];
}
