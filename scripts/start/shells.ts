import { setTimeout as delay } from 'node:timers/promises';
import { createBackOff } from '../../src/main/electron/back-off.ts';
import { ROOT } from '../setup/install.mjs';
import { isRoot, kioskSwitches } from '../setup/system-browser.ts';
import type { ClosingStack } from './closing-stack.ts';
import { startProcess } from './managed-process.ts';
import type { ChosenShell } from './shell-choice.ts';
import { type StationProcess, startBrowserShell } from './station-process.ts';

export type ShowContext = {
  readonly env: NodeJS.ProcessEnv;
  readonly closing: ClosingStack;
  readonly windowed: boolean;
  /** The browser's own profile. */
  readonly profileDir: string;
};

/** An Electron that ends this soon never came up (no sandbox, missing libraries). */
const ELECTRON_START_MS = 10_000;

export async function showElectron(
  choice: Extract<ChosenShell, { kind: 'electron' }>,
  context: ShowContext,
): Promise<void> {
  console.log('• Opening the station in Electron');
  const launch = () =>
    startProcess({
      command: choice.program,
      args: [ROOT, ...(isRoot() ? ['--no-sandbox'] : [])],
      env: context.env,
      channel: false,
      output: 'inherit',
    });
  const electron = launch();
  const early = await Promise.race([electron.ended, delay(ELECTRON_START_MS)]);
  if (early === undefined || early === 0) return keepElectronUp(electron, launch, context.closing);
  if (!choice.otherwise) throw new Error(`Electron did not start (${early}).`);
  console.log(`• Electron did not start (${early})`);
  if (choice.otherwise.kind === 'browser') {
    return await showInBrowser(choice.otherwise.program, context);
  }
  await showNothing(context);
}

/** Closed by staff, it ends everything; after a crash it is started again, later each time. */
function keepElectronUp(
  first: ReturnType<typeof startProcess>,
  launch: () => ReturnType<typeof startProcess>,
  closing: ClosingStack,
): void {
  const backOff = createBackOff({ firstMs: 500, longestMs: 30_000, quietMs: 5 * 60_000 });
  let current = first;
  const watch = async (): Promise<void> => {
    const how = await current.ended;
    if (closing.begun) return;
    if (how === 0) return await closing.closeAll(0);
    await delay(backOff.next());
    if (closing.begun) return;
    current = launch();
    void watch();
  };
  closing.add('Electron', () => current.stop());
  void watch();
}

export async function showNothing(context: ShowContext): Promise<void> {
  const station = await keepStationUp(context, async (up) => {
    console.log(`\nThe station is up. Open ${await up.address({ once: false })}`);
  });
  context.closing.add('The station', () => station.stop());
}

export async function showInBrowser(program: string, context: ShowContext): Promise<void> {
  let browser: ReturnType<typeof startProcess> | undefined;
  const backOff = createBackOff({ firstMs: 500, longestMs: 30_000, quietMs: 60_000 });
  const open = async (up: StationProcess): Promise<void> => {
    if (context.closing.begun) return;
    // A browser of before would hold a cookie that the new station does not know.
    await browser?.stop(3_000);
    const address = await up.address({ once: true });
    const opened = startProcess({
      command: program,
      args: kioskSwitches({ ...context, address }),
      channel: false,
      output: 'ignore',
    });
    browser = opened;
    void opened.ended.then(async (how) => {
      if (context.closing.begun || browser !== opened) return;
      if (context.windowed && how === 0) return void context.closing.closeAll(0);
      await delay(backOff.next());
      if (browser === opened) await open(up).catch(() => {});
    });
  };
  console.log('• Opening the station in the system’s browser');
  const station = await keepStationUp(context, open);
  context.closing.add('The station', () => station.stop());
  context.closing.add('The browser', async () => browser?.stop(5_000));
}

/**
 * Keeps a station process running: when it crashes it is started again, with growing delays, and
 * `onUp` runs for every one that comes up.
 */
async function keepStationUp(
  context: ShowContext,
  onUp: (station: StationProcess) => Promise<void>,
): Promise<{ stop(): Promise<void> }> {
  const backOff = createBackOff({ firstMs: 500, longestMs: 30_000, quietMs: 5 * 60_000 });
  let current = await startBrowserShell(context.env);
  const watch = (station: StationProcess) => {
    void station.process.ended.then(async (how) => {
      if (context.closing.begun) return;
      const delayMs = backOff.next();
      console.error(`The station ended (${how}); it starts again in ${delayMs} ms.`);
      await delay(delayMs);
      await startAgain();
    });
  };
  const startAgain = async (): Promise<void> => {
    if (context.closing.begun) return;
    try {
      current = await startBrowserShell(context.env);
    } catch {
      await delay(backOff.next());
      return await startAgain();
    }
    watch(current);
    // If it ends meanwhile, the watch starts the next one.
    await onUp(current).catch(() => {});
  };
  watch(current);
  await onUp(current);
  return { stop: () => current.process.stop() };
}
