import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { SNAPSHOT_CHANNEL } from '../../shared/channels.ts';
import { type StandInStation, standInStation } from '../station-stand-in.ts';
import {
  resetElectron,
  StandInContents,
  StandInWindow,
  screen,
  state,
} from './electron-stand-in.ts';
import { type GraduateWindow, keepGraduateWindow } from './graduate-window.ts';
import { openKiosk } from './kiosk-window.ts';

vi.mock('electron', async () => (await import('./electron-stand-in.ts')).electronModule);

const FIRST = { id: 1, bounds: { x: 0, y: 0, width: 1920, height: 1080 } };
const SECOND = { id: 2, bounds: { x: 1920, y: 0, width: 1080, height: 1920 } };
const THIRD = { id: 3, bounds: { x: 3000, y: 0, width: 1280, height: 720 } };

const quit = vi.fn();
let station: StandInStation;
let graduate: GraduateWindow;

function start(windowed = false): void {
  const kiosk = {
    session: state.session as never,
    preload: '/preload.cjs',
    ...{ windowed, production: true, mayQuit: () => true, quit, log: () => {} },
  };
  const desk = openKiosk(kiosk);
  graduate = keepGraduateWindow({ station, screen: screen as never, desk, kiosk });
}

const windows = () => StandInWindow.all.filter(({ destroyed }) => !destroyed);
const second = () => windows()[1];
const plug = (...displays: (typeof FIRST)[]) => screen.become('display-added', displays);

beforeEach(() => {
  station = standInStation();
});
afterEach(() => {
  graduate.close();
  resetElectron();
});

describe('the graduate’s window', () => {
  test('is not there until staff want it and a second display is', () => {
    start();
    plug(FIRST, SECOND);
    expect(windows()).toHaveLength(1);
    plug(FIRST);
    station.change({ secondScreen: true });
    expect(windows()).toHaveLength(1);
    plug(FIRST, SECOND);
    expect(second()?.options).toMatchObject({ ...SECOND.bounds, kiosk: true, frame: false });
    expect(station.graduates()).toBe(1);
    station.change({ secondScreen: false });
    expect(windows()).toHaveLength(1);
    expect(station.graduates()).toBe(0);
  });

  test('opens at the start, isolated as the first one and without its keys', () => {
    station.change({ secondScreen: true });
    state.displays = [FIRST, SECOND];
    start();
    const [desk, own] = windows();
    const isolated = { ...desk?.options.webPreferences };
    expect(own?.options.webPreferences).toEqual(isolated);
    own?.emit('ready-to-show');
    expect(own?.showInactive).toHaveBeenCalled();
    expect(own?.show).not.toHaveBeenCalled();
    const keys = { type: 'keyDown', key: 'q', control: true, shift: true, alt: false, meta: false };
    own?.webContents.emit('before-input-event', { preventDefault: () => {} }, keys);
    expect(quit).not.toHaveBeenCalled();
    desk?.webContents.emit('before-input-event', { preventDefault: () => {} }, keys);
    expect(quit).toHaveBeenCalledOnce();
  });

  test('goes to the display beside the desk’s, whichever that is', () => {
    station.change({ secondScreen: true });
    state.displays = [SECOND, FIRST];
    start();
    expect(second()?.options).toMatchObject(SECOND.bounds);
  });

  test('goes with its display, comes back with it, and moves to the one that is left', () => {
    station.change({ secondScreen: true });
    state.displays = [FIRST, SECOND];
    start();
    screen.become('display-removed', [FIRST]);
    expect(windows()).toHaveLength(1);
    expect(station.graduates()).toBe(0);
    plug(FIRST, SECOND, THIRD);
    expect(second()?.bounds).toEqual(SECOND.bounds);
    screen.become('display-removed', [FIRST, THIRD]);
    expect(windows()).toHaveLength(2);
    expect(second()?.bounds).toEqual(THIRD.bounds);
    expect(station.graduates()).toBe(1);
  });

  test('fills its display again when that is turned', () => {
    station.change({ secondScreen: true });
    state.displays = [FIRST, SECOND];
    start();
    const own = second();
    const turned = { id: 2, bounds: { x: 1920, y: 0, width: 1920, height: 1080 } };
    screen.become('display-metrics-changed', [FIRST, turned]);
    expect(second()).toBe(own);
    expect(own?.bounds).toEqual(turned.bounds);
  });

  test('is told the graduate’s side alone, and known by its contents', () => {
    station.change({ secondScreen: true });
    state.displays = [FIRST, SECOND];
    start();
    const contents = second()?.webContents as StandInContents;
    station.change({ busy: true });
    expect(contents.sent).toMatchObject([
      { channel: SNAPSHOT_CHANNEL, value: { screen: 'graduate', busy: true } },
    ]);
    expect(graduate.shows(contents as never)).toBe(true);
    expect(graduate.shows(windows()[0]?.webContents as never)).toBe(false);
    expect(graduate.shows(new StandInContents() as never)).toBe(false);
  });

  test('in a kiosk nobody closes it, and the program does', () => {
    station.change({ secondScreen: true });
    state.displays = [FIRST, SECOND];
    start();
    second()?.close();
    expect(windows()).toHaveLength(2);
    graduate.close();
    expect(windows()).toHaveLength(1);
    plug(FIRST, SECOND, THIRD);
    expect(windows()).toHaveLength(1);
  });

  test('of a demonstration needs no second display, and stays closed until it is wanted anew', () => {
    station.change({ secondScreen: true });
    start(true);
    expect(windows()).toHaveLength(2);
    second()?.close();
    plug(FIRST);
    expect(windows()).toHaveLength(1);
    station.change({ secondScreen: false });
    station.change({ secondScreen: true });
    expect(windows()).toHaveLength(2);
  });
});
