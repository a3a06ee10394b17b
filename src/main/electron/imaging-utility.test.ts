import { EventEmitter } from 'node:events';
import { afterEach, expect, test, vi } from 'vitest';
import { resetElectron, utilityProcess } from './electron-stand-in.ts';
import { spawnImagingUtility } from './imaging-utility.ts';

vi.mock('electron', async () => (await import('./electron-stand-in.ts')).electronModule);
afterEach(() => {
  vi.unstubAllEnvs();
  resetElectron();
});

function environmentGiven(): NodeJS.ProcessEnv {
  utilityProcess.fork.mockReturnValueOnce(new EventEmitter());
  spawnImagingUtility('/built/imaging-process.js');
  const [file, , options] = utilityProcess.fork.mock.calls.at(-1) ?? [];
  expect(file).toBe('/built/imaging-process.js');
  return options.env;
}

test('the imaging process starts with few heaps, and with what the program was started with', () => {
  vi.stubEnv('MALLOC_ARENA_MAX', undefined);
  vi.stubEnv('GRADSHOT_PROVIDER', 'cpu');
  expect(environmentGiven()).toMatchObject({ MALLOC_ARENA_MAX: '2', GRADSHOT_PROVIDER: 'cpu' });
});

test('whoever sets the number of heaps has the last word', () => {
  vi.stubEnv('MALLOC_ARENA_MAX', '4');
  expect(environmentGiven()).toMatchObject({ MALLOC_ARENA_MAX: '4' });
});
