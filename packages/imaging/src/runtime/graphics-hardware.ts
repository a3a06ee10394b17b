import { existsSync } from 'node:fs';
import type { Provider } from './provider.ts';

/** Device files that show a graphics processor on Linux; WSL has only the last one. */
const LINUX_DEVICES: Readonly<Partial<Record<Provider, readonly string[]>>> = {
  cuda: ['/dev/nvidia0', '/dev/dxg'],
  webgpu: ['/dev/dri', '/dev/nvidia0', '/dev/dxg'],
};

/** Variables by which somebody names a Vulkan driver; one that needs no device file, perhaps. */
const DRIVER_VARIABLES = ['VK_DRIVER_FILES', 'VK_ICD_FILENAMES', 'VK_ADD_DRIVER_FILES'];

/**
 * Why a provider need not be tried here, if that can be told without touching it: Linux drivers
 * print warnings, and some crash, when they are asked for a device that is not there. Elsewhere
 * undefined.
 */
export function missingHardware(
  provider: Provider,
  platform: NodeJS.Platform = process.platform,
  exists: (file: string) => boolean = existsSync,
  variables: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  if (provider === 'webgpu' && DRIVER_VARIABLES.some((name) => variables[name])) return undefined;
  const devices = platform === 'linux' ? LINUX_DEVICES[provider] : undefined;
  if (!devices || devices.some(exists)) return undefined;
  return `no graphics device (${devices.join(', ')})`;
}
