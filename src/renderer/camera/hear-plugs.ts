import { useMirror } from '../state/station-store.ts';

/** Calls back whenever something is plugged into the station's USB bus or out of it; returns how to stop. */
export function hearPlugs(heard: () => void): () => void {
  return useMirror.subscribe((mirror, before) => {
    const plugged = mirror.snapshot?.plugged ?? 0;
    if (before.snapshot && plugged !== (before.snapshot.plugged ?? 0)) heard();
  });
}
