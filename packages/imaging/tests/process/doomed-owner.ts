/** Starts an imaging process, says its number, and is killed: for the test of what is left over. */
import { fileURLToPath } from 'node:url';
import { createImagingProcess } from '../../src/process/client.ts';
import { forkImagingChild } from '../../src/process/imaging-child.ts';

const host = fileURLToPath(new URL('./scripted-host.ts', import.meta.url));
const imaging = createImagingProcess({
  spawn: () => forkImagingChild(host),
  engine: { modelsDir: 'fine' },
});
await imaging.ready();
process.stdout.write(`${imaging.health().pid}\n`, () => process.kill(process.pid, 'SIGKILL'));
