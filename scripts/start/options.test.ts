import { describe, expect, test } from 'vitest';
import { startOptions } from './options.mjs';

describe('npm start', () => {
  test('needs no options', () => {
    expect(startOptions([])).toEqual({
      shell: undefined,
      server: undefined,
      data: '.data',
      port: 0,
      serverPort: 8787,
      lan: false,
      windowed: false,
      help: false,
    });
  });

  test('takes all of them', () => {
    const args = '--shell none --server https://a.example/x --data d --port 1 --server-port 2';
    expect(startOptions([...args.split(' '), '--windowed', '--lan', '--help'])).toEqual({
      shell: 'none',
      server: 'https://a.example',
      data: 'd',
      port: 1,
      serverPort: 2,
      lan: true,
      windowed: true,
      help: true,
    });
  });

  test.each([
    [['--shell', 'firefox'], '--shell must be'],
    [['--server', 'example'], '--server must be'],
    [['--server', 'ftp://example'], '--server must be'],
    [['--port', '65536'], '--port must be'],
    [['--port', ''], '--port must be'],
    [['--server-port', '1.5'], '--server-port must be'],
    [['--unknown'], '--unknown'],
    [['stray'], 'stray'],
    [['--port'], '--port'],
  ])('refuses %j with a sentence', (args, sentence) => {
    expect(() => startOptions(args)).toThrow(sentence);
  });
});
