import { type CommandRunner, commandRunners } from '../../src/main/command-registrar.ts';
import type { Station } from '../../src/main/station/api.ts';
import type { Log } from '../../src/main/station/ground/core.ts';
import type {
  CommandName,
  CommandPayload,
  SessionStep,
  SessionView,
  StationSnapshot,
} from '../../src/shared/index.ts';
import { encodeFrame } from '../../src/shared/socket-frames.ts';

/** Stands for shell and page: whatever crosses to a page is packed, and pages ask for their pictures. */
export type Screen = {
  snapshot(): StationSnapshot;
  /** A command as the page sends it, its payload checked as at the shell. */
  send<N extends CommandName>(name: N, payload: CommandPayload<N>): ReturnType<CommandRunner>;
  /** Waits for what is to be shown. */
  until(condition: (snapshot: StationSnapshot) => boolean, what: string): Promise<void>;
  /** Waits until the pages have the pictures that they show. */
  picturesShown(): Promise<void>;
  /** To be called when the visit is over: the pages that the graduate has had before them. */
  takePages(): readonly SessionStep[];
};

/** Nothing that a visit waits for takes as long, unless it never comes. */
const PATIENCE_MS = 120_000;
/** The way in, and a page that only shows progress: nobody does anything on them. */
const NO_PAGES: readonly SessionStep[] = ['welcome', 'judging'];
/** What each page shows; a picture that was read stays with the page until the visit ends. */
const PICTURES: { readonly [S in SessionStep]?: 'original' | 'standard' } = {
  reviewShot: 'original',
  kept: 'original',
  judging: 'original',
  judged: 'standard',
  handedIn: 'standard',
};

export function openScreen(station: Station, log: Log): Screen {
  const runners = commandRunners(station.handlers, log);
  let pages: SessionStep[] = [];
  let pictures = new Map<string, Promise<unknown>>();

  const send: Screen['send'] = async (name, payload) => {
    const result = await runners.get(name)?.(payload);
    if (!result) throw new Error(`there is no ${name}`);
    encodeFrame({ kind: 'result', id: 0, result });
    return result;
  };
  const read = async (photoId: string, kind: 'original' | 'standard') => {
    const result = await send('picture.read', { photoId, kind });
    if (!result.ok) throw new Error(`the ${kind} cannot be shown: ${result.error.code}`);
  };
  const show = (view: SessionView) => {
    if (pages.at(-1) !== view.step && !NO_PAGES.includes(view.step)) pages.push(view.step);
    const kind = PICTURES[view.step];
    if (!kind || pictures.has(kind)) return;
    const reading = read(photoOf(view), kind);
    // Who awaits it hears of a failure; until then it is nobody's.
    reading.catch(() => undefined);
    pictures.set(kind, reading);
  };
  station.subscribe((snapshot) => {
    encodeFrame({ kind: 'snapshot', snapshot });
    show(snapshot.session);
  });
  return {
    snapshot: station.snapshot,
    send,
    until: (condition, what) => until(station, condition, what),
    async picturesShown() {
      await Promise.all(pictures.values());
    },
    takePages() {
      const seen = pages;
      pages = [];
      pictures = new Map();
      return seen;
    },
  };
}

function photoOf(view: SessionView): string {
  if ('shot' in view) return view.shot.photoId;
  return ('photoId' in view && view.photoId) || '';
}

function until(
  station: Station,
  condition: (snapshot: StationSnapshot) => boolean,
  what: string,
): Promise<void> {
  if (condition(station.snapshot())) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const given = setTimeout(() => {
      unsubscribe();
      reject(new Error(`never happened: ${what}, at ${station.snapshot().session.step}`));
    }, PATIENCE_MS);
    const unsubscribe = station.subscribe((snapshot) => {
      if (!condition(snapshot)) return;
      clearTimeout(given);
      unsubscribe();
      resolve();
    });
  });
}
