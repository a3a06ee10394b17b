import { existsSync } from 'node:fs';
import type { Provider } from './network.ts';

/** Device files that show a graphics processor on Linux; WSL has only the last one. */
const LINUX_DEVICES: Readonly<Partial<Record<Provider, readonly string[]>>> = {
  cuda: ['/dev/nvidia0', '/dev/dxg'],
  webgpu: ['/dev/dri', '/dev/nvidia0', '/dev/dxg'],
};

/**
 * Why a provider need not be tried here, if that can be told without touching it: Linux drivers
 * print warnings, and some crash, when they are asked for a device that is not there. Elsewhere
 * undefined.
 */
export function missingHardware(
  provider: Provider,
  platform: NodeJS.Platform = process.platform,
  exists: (file: string) => boolean = existsSync,
): string | undefined {
  const devices = platform === 'linux' ? LINUX_DEVICES[provider] : undefined;
  if (!devices || devices.some(exists)) return undefined;
  return `no graphics device (${devices.join(', ')})`;
}
