import { findSystemBrowser, hasDisplay } from '../setup/system-browser.ts';
import { obtainElectron } from './electron-program.ts';
import type { ShellChoice } from './options.mjs';

export type ChosenShell =
  | {
      readonly kind: 'electron';
      readonly program: string;
      /** What to do when it does not start; undefined: it was asked for by name. */
      readonly otherwise: ChosenShell | undefined;
    }
  | { readonly kind: 'browser'; readonly program: string }
  | { readonly kind: 'none' };

/** The best shell that this machine can show, or the one that was asked for. */
export async function chooseShell(wish: ShellChoice | undefined): Promise<ChosenShell> {
  if (wish === 'none') return { kind: 'none' };
  if (wish === 'electron') return await electronOrError();
  if (wish === 'browser') return browserOrError();
  if (!hasDisplay()) {
    console.log('• No display was found, so the station is only served');
    return { kind: 'none' };
  }
  const program = await obtainElectron(false);
  return program ? { kind: 'electron', program, otherwise: anyBrowser() } : anyBrowser();
}

async function electronOrError(): Promise<ChosenShell> {
  const program = await obtainElectron(true);
  if (program) return { kind: 'electron', program, otherwise: undefined };
  throw new Error(
    'Electron is not installed and its download host cannot be reached. ' +
      'Set ELECTRON_MIRROR to a mirror, or start with --shell browser.',
  );
}

function browserOrError(): ChosenShell {
  const program = findSystemBrowser();
  if (program) return { kind: 'browser', program };
  throw new Error(
    'No Chromium, Chrome or Edge was found. Install one, or name its program in CHROMIUM_PATH.',
  );
}

function anyBrowser(): ChosenShell {
  const program = findSystemBrowser();
  if (program) return { kind: 'browser', program };
  console.log(
    '• No Electron and no Chromium, Chrome or Edge was found; the station is only served',
  );
  return { kind: 'none' };
}
