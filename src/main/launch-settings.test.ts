import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { launchSettings } from './launch-settings.ts';

const defaults = { dataDir: '/data', modelsDir: '/models' };

test('an installed program needs no variables', () => {
  expect(launchSettings({}, defaults)).toEqual({
    dataDir: resolve('/data'),
    modelsDir: resolve('/models'),
    port: 0,
    windowed: false,
    sample: false,
    provider: 'auto',
    serverUrl: undefined,
    enrol: undefined,
  });
});

test('reads what the start program sets', () => {
  const enrol = { serverUrl: 'http://127.0.0.1:1', code: 'ABCDEF', name: '演示', pin: '1234' };
  const variables = {
    GRADSHOT_DATA: '/d',
    GRADSHOT_PORT: '8080',
    GRADSHOT_WINDOWED: '1',
    GRADSHOT_SAMPLE: '1',
    GRADSHOT_SERVER: 'https://photo.test',
    GRADSHOT_ENROL: JSON.stringify(enrol),
  };
  expect(launchSettings(variables, defaults)).toMatchObject({
    dataDir: resolve('/d'),
    port: 8080,
    windowed: true,
    sample: true,
    serverUrl: 'https://photo.test',
    enrol,
  });
});

test.each([
  ['GRADSHOT_PORT', '70000'],
  ['GRADSHOT_WINDOWED', 'yes'],
  ['GRADSHOT_PROVIDER', 'tpu'],
  ['GRADSHOT_ENROL', '{"serverUrl":"x"}'],
])('refuses %s=%s', (name, value) => {
  expect(() => launchSettings({ [name]: value }, defaults)).toThrow();
});
