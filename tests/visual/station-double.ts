import type { Result } from '@gradshot/domain';
import type { Page } from '@playwright/test';
import type {
  CommandName,
  GuidanceView,
  StationBridge,
  StationSnapshot,
} from '../../src/shared/index.ts';

/** What a page in the tests has instead of a station: recorded answers, and a log of commands. */
export type Recording = {
  readonly snapshot: StationSnapshot;
  /** Base64 of the pictures that `picture.read` and the desk's live view return; absent: they cannot be read. */
  readonly pictures?: { readonly original: string; readonly standard: string };
  readonly guidance?: GuidanceView;
  readonly answers?: Answers;
};

/**
 * Answers to other commands by name; all else succeeds with null. Several are given one after the
 * other, the last one from then on.
 */
export type Answers = Readonly<
  Partial<Record<CommandName, Result<unknown> | readonly Result<unknown>[]>>
>;

export type SentCommand = { readonly name: CommandName; readonly payload: unknown };

type Double = {
  show(snapshot: StationSnapshot): void;
  /** From now on, each from its first answer; `guidance`: what the guide says. */
  answerWith(answers: Answers, guidance?: GuidanceView): void;
  /** Whether the network between lets anything through. */
  reach(reached: boolean): void;
  readonly sent: SentCommand[];
};

declare global {
  interface Window {
    stationDouble: Double;
  }
}

/** Puts `window.station` in place before the page's own scripts run. */
export async function installStation(page: Page, recording: Recording): Promise<void> {
  await page.addInitScript(install, recording);
}

/** Runs in the page: nothing outside the function may be named in it. */
function install(recording: Recording): void {
  const listeners = new Set<(snapshot: StationSnapshot) => void>();
  const sent: SentCommand[] = [];
  let watch: (reached: boolean) => void = () => undefined;
  let shown = recording.snapshot;
  const decoded = (text: string) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  let frames = 0;
  const liveFrame = (picture: string, seen: GuidanceView) => {
    frames += 1;
    return { number: frames, jpeg: decoded(picture), guidance: seen };
  };
  let { answers, guidance } = recording;
  const given = new Map<CommandName, number>();
  const inTurn = (name: CommandName): Result<unknown> | undefined => {
    const recorded = [answers?.[name] ?? []].flat() as Result<unknown>[];
    const turn = given.get(name) ?? 0;
    given.set(name, turn + 1);
    return recorded[Math.min(turn, recorded.length - 1)];
  };
  const answer = (name: CommandName, payload: unknown): Result<unknown> => {
    const recorded = inTurn(name);
    if (recorded) return recorded;
    if (name === 'station.snapshot') return { ok: true, value: shown };
    if (name === 'camera.guide' && guidance) return { ok: true, value: guidance };
    if (name === 'picture.read') {
      const { kind } = payload as { kind: 'original' | 'standard' };
      const picture = recording.pictures?.[kind];
      if (!picture) return { ok: false, error: { code: 'photo.notFound' } };
      return { ok: true, value: { type: 'image/jpeg', data: decoded(picture) } };
    }
    if (name === 'staff.readFrame' && recording.pictures)
      return {
        ok: true,
        value: { type: 'image/jpeg', data: decoded(recording.pictures.original) },
      };
    if (name === 'staff.liveFrame' && recording.pictures && guidance)
      return { ok: true, value: liveFrame(recording.pictures.original, guidance) };
    return { ok: true, value: null };
  };
  const bridge = {
    shell: 'browser',
    async invoke(name: CommandName, payload: unknown) {
      sent.push({ name, payload });
      // As over the real wire: what is answered twice the same is never the same object twice.
      return structuredClone(answer(name, payload));
    },
    subscribe(listener: (snapshot: StationSnapshot) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    watchConnection(next: typeof watch) {
      watch = next;
      watch(true);
    },
  };
  Object.assign(window, {
    station: bridge as unknown as StationBridge,
    stationDouble: {
      sent,
      reach: (reached: boolean) => watch(reached),
      answerWith(next: Answers, hints?: GuidanceView) {
        answers = next;
        guidance = hints;
        given.clear();
      },
      show(next: StationSnapshot) {
        shown = { ...next, revision: shown.revision + 1 };
        for (const listener of listeners) listener(shown);
      },
    },
  });
}

/** The commands of that name that the page has sent, oldest first. */
export function sentBy(page: Page, name: CommandName): Promise<SentCommand[]> {
  return page.evaluate(
    (wanted) => window.stationDouble.sent.filter((command) => command.name === wanted),
    name,
  );
}
