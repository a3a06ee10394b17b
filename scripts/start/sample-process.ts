import { join } from 'node:path';
import { ROOT } from '../setup/install.mjs';
import { pinnedNode } from '../setup/pinned-node.mjs';
import type { ClosingStack } from './closing-stack.ts';
import { startProcess } from './managed-process.ts';
import type { FromSample, SampleOptions, ToSample } from './sample-messages.ts';

/** Starts the server with a sample school and the simulators, in a process of their own. */
export async function startSampleServices(
  options: SampleOptions,
  closing: ClosingStack,
): Promise<FromSample> {
  console.log('• Starting the server with a sample school (演示)');
  const services = startProcess<FromSample>({
    command: pinnedNode(),
    args: [join(ROOT, 'scripts/start/sample-services.ts')],
    channel: true,
    output: 'inherit',
  });
  closing.add('The server', () => services.stop());
  services.send({ kind: 'open', options } satisfies ToSample);
  const ready = await services
    .next((message): message is FromSample => message.kind === 'ready')
    .catch(() => {
      throw new Error('The embedded server did not start; its message stands above.');
    });
  void services.ended.then((how) => endTogether(how, closing));
  return ready;
}

/** A sample without its server is no sample. */
function endTogether(how: number | NodeJS.Signals, closing: ClosingStack): void {
  if (closing.begun) return;
  console.error(`The embedded server ended (${how}).`);
  void closing.closeAll(1);
}
