import { join, resolve } from 'node:path';
import { PREPARATION_STEPS } from '../setup/fresh-clone.mjs';
import { PREPARATIONS } from '../setup/prepared-tree.ts';
import { createProgress } from '../setup/progress.mjs';
import { createClosingStack } from './closing-stack.ts';
import type { StartOptions } from './options.mjs';
import { startSampleServices } from './sample-process.ts';
import { chooseShell } from './shell-choice.ts';
import { showElectron, showInBrowser, showNothing } from './shells.ts';
import { SAMPLE_PIN, stationEnvironment } from './station-environment.ts';

/** `npm start`, once the packages are installed and Node is recent. Ends when all is closed. */
export async function start(options: StartOptions): Promise<void> {
  const closing = createClosingStack();
  closing.closeOnSignals();
  try {
    await bringUp(options, closing);
  } catch (error) {
    if (!closing.begun) console.error(error instanceof Error ? error.message : error);
    await closing.closeAll(1);
  }
}

async function bringUp(
  options: StartOptions,
  closing: ReturnType<typeof createClosingStack>,
): Promise<void> {
  const choice = await chooseShell(options.shell);
  const step = createProgress(PREPARATION_STEPS, 1);
  for (const { title, work } of PREPARATIONS) await step(title, work);
  const dataDir = resolve(options.data);
  const sample = options.server
    ? undefined
    : await startSampleServices({ dataDir, port: options.serverPort, lan: options.lan }, closing);
  const env = stationEnvironment({ options, dataDir, sample });
  const context = {
    env,
    closing,
    windowed: options.windowed,
    profileDir: join(dataDir, 'browser'),
  };
  if (choice.kind === 'electron') await showElectron(choice, context);
  else if (choice.kind === 'browser') await showInBrowser(choice.program, context);
  else await showNothing(context);
  for (const { label, url } of sample?.pages ?? []) console.log(`  ${label}: ${url}`);
  if (sample) console.log(`  工作人员密码 (演示) · staff PIN: ${SAMPLE_PIN}`);
  console.log('Ctrl-C closes everything.');
}
