import { describe, expect, it } from 'vitest';
import { missingHardware } from './graphics-hardware.ts';

const only =
  (...files: string[]) =>
  (file: string) =>
    files.includes(file);

describe('missingHardware', () => {
  it('names the devices that are not there', () => {
    expect(missingHardware('webgpu', 'linux', only(), {})).toContain('/dev/dri');
    expect(missingHardware('cuda', 'linux', only('/dev/dri'), {})).toContain('/dev/nvidia0');
  });

  it('has no objection where a device is', () => {
    expect(missingHardware('webgpu', 'linux', only('/dev/dri'))).toBeUndefined();
    expect(missingHardware('cuda', 'linux', only('/dev/dxg'))).toBeUndefined();
  });

  it('trusts a Vulkan driver that somebody named', () => {
    const named = { VK_DRIVER_FILES: '/drivers/soft.json' };
    expect(missingHardware('webgpu', 'linux', only(), named)).toBeUndefined();
    expect(missingHardware('cuda', 'linux', only(), named)).toContain('/dev/nvidia0');
  });

  it('knows nothing about other platforms', () => {
    expect(missingHardware('dml', 'win32', only())).toBeUndefined();
    expect(missingHardware('webgpu', 'darwin', only())).toBeUndefined();
  });
});
