import type { BrowserWindow, Display, Screen, WebContents } from 'electron';
import type { StationSnapshot } from '../../shared/index.ts';
import type { Station } from '../station/api.ts';
import { mirrorSnapshots } from './command-ipc.ts';
import { type KioskOptions, openKiosk, releaseKiosk } from './kiosk-window.ts';

export type GraduateWindowOptions = {
  readonly station: Station;
  readonly screen: Screen;
  /** The staff's window; it stays on its display. */
  readonly desk: BrowserWindow;
  readonly kiosk: KioskOptions;
};

export type GraduateWindow = {
  /** Whether it is the page of the graduate's window that calls. */
  shows(contents: WebContents): boolean;
  /** For good: the program ends. */
  close(): void;
};

const DISPLAY_EVENTS = ['display-added', 'display-removed', 'display-metrics-changed'] as const;

type Open = {
  readonly displayId: number;
  readonly window: BrowserWindow;
  readonly close: () => void;
};

/**
 * 学生屏: a window on the display beside the desk's, for as long as staff want one and there is such a
 * display. An ordinary window for development needs no second display.
 */
export function keepGraduateWindow(options: GraduateWindowOptions): GraduateWindow {
  const { station, screen, desk, kiosk } = options;
  let open: Open | undefined;
  /** The display on which somebody closed the window of a demonstration. */
  let refused: number | undefined;

  const display = () => {
    const own = screen.getDisplayMatching(desk.getBounds());
    const other = screen.getAllDisplays().find(({ id }) => id !== own.id);
    return other ?? (kiosk.windowed ? own : undefined);
  };
  const look = () => {
    if (!wanted) refused = undefined;
    const place = wanted && !desk.isDestroyed() ? display() : undefined;
    if (open && open.displayId !== place?.id) open.close();
    if (!place || place.id === refused) return;
    if (!open) open = openOn(place);
    else if (!kiosk.windowed) open.window.setBounds(place.bounds);
  };
  let wanted = station.snapshot().secondScreen === true;
  const heard = (snapshot: StationSnapshot) => {
    const now = snapshot.secondScreen === true;
    if (now === wanted) return;
    wanted = now;
    look();
  };
  const openOn = (place: Display): Open => {
    const window = openKiosk({
      ...kiosk,
      ...(kiosk.windowed ? {} : { place: place.bounds }),
      // Whoever stands before it quits nothing.
      mayQuit: () => false,
    });
    const gone = station.graduate.arrived();
    const stopMirror = mirrorSnapshots(station.graduate, () => window.webContents);
    let byUs = false;
    window.on('closed', () => {
      stopMirror();
      gone();
      open = undefined;
      if (!byUs) refused = place.id;
    });
    kiosk.log('info', 'The graduate’s screen is open', { display: place.id });
    const close = () => {
      byUs = true;
      releaseKiosk(window);
      window.close();
    };
    return { displayId: place.id, window, close };
  };

  const unsubscribe = station.subscribe(heard);
  for (const event of DISPLAY_EVENTS) screen.on(event as 'display-added', look);
  look();
  return {
    shows: (contents) => open?.window.webContents === contents,
    close() {
      unsubscribe();
      for (const event of DISPLAY_EVENTS) screen.off(event as 'display-added', look);
      open?.close();
    },
  };
}
