import { expect, test, vi } from 'vitest';
import { startOptions } from './options.mjs';
import { stationEnvironment } from './station-environment.ts';

test('the station hears of the server that --server names, and of no sample', () => {
  const options = startOptions(['--server', 'https://photo.test']);
  expect(stationEnvironment({ options, dataDir: '/d', sample: undefined })).toMatchObject({
    GRADSHOT_SERVER: 'https://photo.test',
    GRADSHOT_SAMPLE: '0',
  });
});

test('memory of pictures goes back to the system as soon as it is free, unless told otherwise', () => {
  const facts = { options: startOptions([]), dataDir: '/d', sample: undefined };
  expect(stationEnvironment(facts)).toMatchObject({ MALLOC_MMAP_THRESHOLD_: '131072' });
  vi.stubEnv('MALLOC_MMAP_THRESHOLD_', '1000000');
  expect(stationEnvironment(facts)).toMatchObject({ MALLOC_MMAP_THRESHOLD_: '1000000' });
  vi.unstubAllEnvs();
});
