// Runs before any package is there, so it uses Node alone.
import { parseArgs } from 'node:util';

export const HELP = `Usage: npm start -- [options]

Brings up the whole product with a sample school: server, simulators of 学信网, WeChat and
the SMS carrier, the graduates' pages for phones, and the collection station.

  --shell electron|browser|none  What shows the station. Default: Electron where its program is
                                 installed or can be fetched, else the browser shell in the
                                 system's Chromium, Chrome or Edge, else none: the address is
                                 printed and served.
  --server URL                   Use this server; no embedded server, no sample school. A new
                                 station proposes it on its enrolment page, where it is enrolled
                                 with a code; one that is enrolled stays with its own server.
  --data DIR                     Where everything is kept. Default: .data
  --port N                       Port of the browser shell on 127.0.0.1. Default: any free port
  --server-port N                Port of the embedded server. Default: 8787
  --lan                          Let phones in the same network open the graduates' and the 演示 pages.
  --windowed                     An ordinary window instead of the full-screen kiosk.
  --help                         This text.

Ctrl-C closes everything in order. Nothing that was accepted is lost.
`;

/**
 * @typedef {'electron' | 'browser' | 'none'} ShellChoice
 * @typedef {{
 *   shell: ShellChoice | undefined, server: string | undefined, data: string,
 *   port: number, serverPort: number, lan: boolean, windowed: boolean, help: boolean,
 * }} StartOptions
 */

/**
 * @param {readonly string[]} args
 * @returns {StartOptions}
 * @throws {Error} with a sentence for the person who typed them
 */
export function startOptions(args) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      shell: { type: 'string' },
      server: { type: 'string' },
      data: { type: 'string', default: '.data' },
      port: { type: 'string', default: '0' },
      'server-port': { type: 'string', default: '8787' },
      lan: { type: 'boolean', default: false },
      windowed: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    shell: shellChoice(values.shell),
    server: values.server === undefined ? undefined : serverUrl(values.server),
    data: values.data,
    port: portNumber('--port', values.port),
    serverPort: portNumber('--server-port', values['server-port']),
    lan: values.lan,
    windowed: values.windowed,
    help: values.help,
  };
}

/** @param {string | undefined} value @returns {ShellChoice | undefined} */
function shellChoice(value) {
  if (value === undefined) return undefined;
  if (value === 'electron' || value === 'browser' || value === 'none') return value;
  throw new Error(`--shell must be electron, browser or none, not "${value}".`);
}

/** @param {string} value */
function serverUrl(value) {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url.origin;
  throw new Error(
    `--server must be an address like https://photos.example.edu.cn, not "${value}".`,
  );
}

/** @param {string} option @param {string} value */
function portNumber(option, value) {
  const port = Number(value);
  if (value.trim() !== '' && Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw new Error(`${option} must be a number from 0 (any free port) to 65535, not "${value}".`);
}
