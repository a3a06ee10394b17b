import { type Failure, fail, type Result } from '@gradshot/domain';
import { create } from 'zustand';
import type {
  CommandName,
  CommandPayload,
  CommandResponse,
  SessionStep,
  SessionView,
  StationBridge,
  StationSnapshot,
} from '../../shared/index.ts';

/**
 * The mirror of the station's snapshot. Nothing here decides: pages draw the snapshot and send
 * commands, and the next snapshot says what became of them.
 */
type Mirror = {
  readonly snapshot: StationSnapshot | undefined;
  /** Commands sent and not yet answered. */
  readonly running: number;
  /** Failure of a command whose snapshot shows none. */
  readonly failure: Failure | undefined;
  /** False while a network between lets nothing through: what is shown is not what is. */
  readonly reached: boolean;
};

const EMPTY: Mirror = {
  ...{ snapshot: undefined, running: 0, failure: undefined },
  reached: true,
};

export const useMirror = create<Mirror>()(() => EMPTY);

let bridge: StationBridge | undefined;

/** Mirrors the station behind `next` from now on; the returned function stops it. */
export function connectStation(next: StationBridge): () => void {
  bridge = next;
  useMirror.setState(EMPTY, true);
  const unsubscribe = next.subscribe(accept);
  next.watchConnection?.((reached) => {
    if (bridge === next) useMirror.setState({ reached });
  });
  void ask('station.snapshot', {}).then((result) => {
    // Whatever was told meanwhile is newer than this answer.
    if (result.ok && bridge === next && !useMirror.getState().snapshot) accept(result.value);
  });
  return () => {
    unsubscribe();
    if (bridge === next) bridge = undefined;
  };
}

/**
 * Snapshots are told in order on either shell's channel, so the last one is the newest; a station
 * that was restarted begins to count anew, which is why the revision is not compared.
 */
function accept(snapshot: StationSnapshot): void {
  useMirror.setState((mirror) => {
    const moved = mirror.snapshot?.session.step !== snapshot.session.step;
    return { ...mirror, snapshot, failure: moved ? undefined : mirror.failure };
  });
}

/** A question to the station: the caller deals with the answer, the page stays usable. */
export async function ask<N extends CommandName>(
  name: N,
  payload: CommandPayload<N>,
): Promise<Result<CommandResponse<N>>> {
  if (!bridge) return fail('server.internal');
  try {
    return await bridge.invoke(name, payload);
  } catch {
    // A broken bridge is no expected failure, but the person before the screen needs a sentence.
    return fail('server.internal');
  }
}

/** An action of the person: buttons rest while it runs, and its failure is shown. */
export async function send<N extends CommandName>(
  name: N,
  payload: CommandPayload<N>,
): Promise<Result<CommandResponse<N>>> {
  useMirror.setState((mirror) => ({ running: mirror.running + 1, failure: undefined }));
  const result = await ask(name, payload);
  useMirror.setState((mirror) => ({
    running: mirror.running - 1,
    failure: result.ok ? undefined : result.error,
  }));
  return result;
}

/** Shows a failure that arose in the interface itself, e.g. a camera that took no picture. */
export function showFailure(failure: Failure): void {
  useMirror.setState({ failure });
}

export function dismissFailure(): void {
  const shown = useMirror.getState().snapshot?.failure;
  useMirror.setState({ failure: undefined });
  if (shown) void ask('failure.dismiss', {});
}

export function stationShell(): StationBridge['shell'] {
  return bridge?.shell ?? 'browser';
}

/** The present snapshot. Only for components below the root, which waits for the first one. */
export function useSnapshot(): StationSnapshot {
  const snapshot = useMirror((mirror) => mirror.snapshot);
  if (!snapshot) throw new Error('No snapshot yet');
  return snapshot;
}

/** True while something runs that a second press would disturb. */
export function useBusy(): boolean {
  return useMirror((mirror) => mirror.running > 0 || mirror.snapshot?.busy === true);
}

/** The failure to show: the core's own, else the last refused command's. */
export function useFailure(): Failure | undefined {
  return useMirror((mirror) => mirror.snapshot?.failure ?? mirror.failure);
}

/** The session as it looks at step `S`; every page gets its own. */
export type SessionAt<S extends SessionStep> = Extract<SessionView, { step: S }>;
