import { expect, test } from 'vitest';
import { startOptions } from './options.mjs';
import { stationEnvironment } from './station-environment.ts';

test('the station hears of the server that --server names, and of no sample', () => {
  const options = startOptions(['--server', 'https://photo.test']);
  expect(stationEnvironment({ options, dataDir: '/d', sample: undefined })).toMatchObject({
    GRADSHOT_SERVER: 'https://photo.test',
    GRADSHOT_SAMPLE: '0',
  });
});
