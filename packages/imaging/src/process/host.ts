/**
 * Entry of the imaging process: started by `child_process.fork` or Electron's
 * `utilityProcess.fork`, never imported.
 */
import { createEngine } from '../engine/create-engine.ts';
import { findHostPort } from './host-port.ts';
import { serveEngine } from './serve-engine.ts';

const port = findHostPort();
if (port) {
  serveEngine(port, createEngine, () => process.exit(0));
} else {
  console.error('The imaging process is started by the station or the server, not by hand.');
  process.exitCode = 2;
}
